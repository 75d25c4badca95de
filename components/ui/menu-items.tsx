"use client";

import Link from "next/link";
import { type KeyboardEvent, type ReactNode, type RefObject, useLayoutEffect, useRef } from "react";
import { withBase } from "@/lib/base-path";
import { cx } from "./cx";
import { placeBeside } from "./place-beside";

export type MenuEntry =
  | "separator"
  | {
      label: string;
      icon?: ReactNode;
      /** Goes somewhere; with `download` the browser saves the answer. */
      href?: string;
      download?: boolean;
      /** Does something. The menu is closed and the button has the focus by then. */
      onSelect?: () => void;
      tone?: "danger";
      disabled?: boolean;
      /** The permission without which it is not offered. */
      needs?: string;
    };

type MenuItemsProps = {
  items: MenuEntry[];
  label: string;
  popup: RefObject<HTMLElement | null>;
  button: RefObject<HTMLElement | null>;
};

/** The inside of an open menu: takes the focus, moves it by arrows, Home, End and first letters. */
export function MenuItems({ items, label, popup, button }: MenuItemsProps) {
  const menu = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    if (!popup.current || !button.current) return;
    const stop = placeBeside(popup.current, button.current);
    if (menu.current) offered(menu.current)[0]?.focus();
    return stop;
  }, [popup, button]);

  return (
    <div ref={menu} role="menu" aria-label={label} onKeyDown={(event) => move(event, popup.current)}>
      {items.map((item, index) =>
        item === "separator" ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a separator has nothing else to be known by.
          <hr key={index} data-needs={needsOf(items[index + 1])} className="mx-1 my-1" />
        ) : (
          <Item key={item.label} item={item} close={() => popup.current?.hidePopover()} />
        ),
      )}
    </div>
  );
}

/** The items that can be chosen, by whoever this is. */
const offered = (menu: HTMLElement) =>
  [...menu.querySelectorAll<HTMLElement>("[role=menuitem]:not(:disabled)")].filter((item) => item.checkVisibility());

/** A line before what somebody is not offered is not drawn either. */
const needsOf = (item: MenuEntry | undefined) => (typeof item === "object" ? item.needs : undefined);

function Item({ item, close }: { item: Exclude<MenuEntry, "separator">; close: () => void }) {
  const { label, icon, href, download, onSelect, tone, disabled, needs } = item;
  const props = {
    "data-needs": needs,
    role: "menuitem",
    tabIndex: -1,
    className: cx(
      "flex min-h-7.5 w-full items-center gap-2 rounded-sm px-2 text-left hover:bg-sunk focus:bg-sunk focus-visible:-outline-offset-2 disabled:opacity-50",
      tone === "danger" ? "text-bad" : "[&>svg]:text-mute",
      "[&>svg]:size-4",
    ),
  };
  if (href === undefined || disabled) {
    return (
      <button
        type="button"
        {...props}
        disabled={disabled}
        onClick={() => {
          close();
          onSelect?.();
        }}
      >
        {icon}
        {label}
      </button>
    );
  }
  return download ? (
    <a href={withBase(href)} download {...props} onClick={close}>
      {icon}
      {label}
    </a>
  ) : (
    <Link href={href} {...props} onClick={close}>
      {icon}
      {label}
    </Link>
  );
}

function move(event: KeyboardEvent<HTMLElement>, popup: HTMLElement | null) {
  const all = offered(event.currentTarget);
  const at = all.indexOf(document.activeElement as HTMLElement);
  const letter = event.key.length === 1 && /\S/.test(event.key) ? event.key.toLowerCase() : null;
  const starts = (element: HTMLElement) =>
    letter !== null && element.textContent?.trim().toLowerCase().startsWith(letter);
  const target =
    event.key === "ArrowDown"
      ? all[(at + 1) % all.length]
      : event.key === "ArrowUp"
        ? all.at(at <= 0 ? -1 : at - 1)
        : event.key === "Home"
          ? all[0]
          : event.key === "End"
            ? all.at(-1)
            : (all.slice(at + 1).find(starts) ?? all.find(starts));
  if (event.key === "Tab") popup?.hidePopover();
  if (!target || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  target.focus();
}
