"use client";

import { ChevronDown } from "lucide-react";
import { type ReactNode, useId, useRef, useState } from "react";
import { type ButtonVariant, buttonClass } from "./button";
import { IconButton } from "./icon-button";
import { MenuItems } from "./menu-items";

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
    };

type MenuButtonProps = {
  items: MenuEntry[];
  /** The menu's name; also the button's, where it shows an icon alone. */
  label: string;
  /** Shown on the button instead of a label with a chevron; 16 px. */
  icon?: ReactNode;
  variant?: ButtonVariant;
  className?: string;
};

/**
 * A button that opens a menu, on the browser's own popover: it lies above everything, closes on Escape and on a press
 * outside, and gives the focus back. The items are rendered only while it is open, so every row of a table may have one.
 */
export function MenuButton({ items, label, icon, variant, className }: MenuButtonProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const props = {
    ref: button,
    popoverTarget: id,
    "aria-haspopup": "menu" as const,
    "aria-expanded": open,
    onKeyDown(event: { key: string; preventDefault: () => void }) {
      if (event.key !== "ArrowDown" || open) return;
      event.preventDefault();
      button.current?.click();
    },
  };
  return (
    <>
      {icon ? (
        <IconButton {...props} label={label} className={className}>
          {icon}
        </IconButton>
      ) : (
        <button type="button" {...props} className={buttonClass(variant, className)}>
          {label}
          <ChevronDown aria-hidden="true" className="-mr-0.5 size-3.5 text-mute" />
        </button>
      )}
      <div
        ref={menu}
        id={id}
        popover="auto"
        className="popup invisible fixed m-0 min-w-44 overflow-y-auto p-1 text-left text-base font-normal whitespace-nowrap text-ink"
        onToggle={(event) => setOpen(event.newState === "open")}
      >
        {open && <MenuItems items={items} label={label} popup={menu} button={button} />}
      </div>
    </>
  );
}
