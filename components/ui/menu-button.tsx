"use client";

import { ChevronDown } from "lucide-react";
import { type KeyboardEvent, lazy, type ReactNode, Suspense } from "react";
import { type ButtonVariant, buttonClass } from "./button";
import { IconButton } from "./icon-button";
import { usePopup } from "./use-popup";

const loadPopup = () => import("./menu-popup");
const MenuPopup = lazy(loadPopup);

export type MenuEntry =
  | "separator"
  | {
      label: string;
      icon?: ReactNode;
      /** Goes somewhere; with `download` the browser saves the answer. */
      href?: string;
      download?: boolean;
      /** Does something. */
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

/** A button that opens a menu. A row of a table may have one: until it is used it costs a plain button. */
export function MenuButton({ items, label, icon, variant, className }: MenuButtonProps) {
  const { anchor, open, wanted, show, hide, toggle } = usePopup();
  const props = {
    ref: anchor,
    "aria-haspopup": "menu" as const,
    "aria-expanded": open,
    onClick: toggle,
    onPointerEnter: loadPopup,
    onFocus: loadPopup,
    onKeyDown(event: KeyboardEvent) {
      if (event.key !== "ArrowDown") return;
      event.preventDefault();
      show();
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
      {wanted && (
        <Suspense fallback={null}>
          <MenuPopup open={open} onClose={hide} anchor={anchor} label={label} items={items} />
        </Suspense>
      )}
    </>
  );
}
