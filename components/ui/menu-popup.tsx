"use client";

import { useId, useLayoutEffect, useRef, useState } from "react";
import { type MenuEntry, MenuItems } from "./menu-items";
import { useOpener } from "./use-opener";

type MenuPopupProps = {
  items: MenuEntry[];
  label: string;
  /** The button it was opened by, which gets the focus back. A second press on it closes the menu. */
  button: HTMLButtonElement;
  onClose: () => void;
};

/** A menu that many buttons share, such as one in each row of a table: open while it is rendered. */
export default function MenuPopup({ items, label, button, onClose }: MenuPopupProps) {
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);
  const anchor = useRef(button);
  const [shown, setShown] = useState(false);
  useOpener(anchor);
  useLayoutEffect(() => {
    button.setAttribute("aria-expanded", "true");
    menu.current?.showPopover();
    setShown(true);
    return () => {
      button.removeAttribute("popovertarget");
      button.setAttribute("aria-expanded", "false");
    };
  }, [button]);
  return (
    <div
      ref={menu}
      id={id}
      popover="auto"
      className="popup invisible fixed m-0 min-w-44 overflow-y-auto p-1 text-left text-base font-normal whitespace-nowrap text-ink"
      onToggle={(event) => {
        if (event.newState === "closed") onClose();
        else button.setAttribute("popovertarget", id); // not before: the press that opened it would close it again
      }}
    >
      {shown && <MenuItems items={items} label={label} popup={menu} button={anchor} />}
    </div>
  );
}
