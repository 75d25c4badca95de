"use client";

import { Menu } from "@base-ui/react/menu";
import Link from "next/link";
import { Fragment, type RefObject } from "react";
import { cx } from "./cx";
import type { MenuEntry } from "./menu-button";
import { isOwnButton } from "./use-popup";

type MenuPopupProps = {
  open: boolean;
  onClose: () => void;
  anchor: RefObject<HTMLButtonElement | null>;
  label: string;
  items: MenuEntry[];
};

/** The menu that MenuButton opens. */
export default function MenuPopup({ open, onClose, anchor, label, items }: MenuPopupProps) {
  return (
    <Menu.Root
      open={open}
      modal={false}
      onOpenChange={(next, details) => {
        if (!next && !isOwnButton(details.event, anchor)) onClose();
      }}
    >
      <Menu.Portal>
        <Menu.Positioner anchor={anchor} align="end" sideOffset={4} className="z-50">
          <Menu.Popup aria-label={label} finalFocus={anchor} className="popup min-w-44 p-1">
            {items.map((item, index) =>
              item === "separator" ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: a separator has nothing else to be known by.
                <Menu.Separator key={index} className="mx-1 my-1 h-px bg-line" />
              ) : (
                <Fragment key={item.label}>{menuItem(item, anchor)}</Fragment>
              ),
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function menuItem(item: Exclude<MenuEntry, "separator">, anchor: RefObject<HTMLButtonElement | null>) {
  const { label, icon, href, download, onSelect, tone, disabled } = item;
  const className = cx(
    "flex min-h-7.5 cursor-default items-center gap-2 rounded-sm px-2 outline-none select-none data-disabled:opacity-50 data-highlighted:bg-sunk",
    "forced-colors:data-highlighted:outline-2 [&>svg]:size-4 [&>svg]:text-mute",
    tone === "danger" && "text-bad [&>svg]:text-bad",
  );
  if (href !== undefined && !disabled) {
    const target = download ? { href, download } : { render: <Link href={href} /> };
    return (
      <Menu.LinkItem {...target} className={className} closeOnClick>
        {icon}
        {label}
      </Menu.LinkItem>
    );
  }
  return (
    <Menu.Item
      className={className}
      disabled={disabled}
      onClick={() => {
        // The button has the focus back before a dialog opens, so that the dialog can give it back too.
        anchor.current?.focus();
        onSelect?.();
      }}
    >
      {icon}
      {label}
    </Menu.Item>
  );
}
