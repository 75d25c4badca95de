"use client";

import type { RefObject } from "react";
import { DayPicker } from "react-day-picker";
import { toWall } from "@/lib/zone";
import PopoverPopup from "./popover-popup";

type CalendarPopupProps = {
  anchor: RefObject<HTMLButtonElement | null>;
  open: boolean;
  onClose: () => void;
  zone: string;
  /** What stands in the field: its day is shown, its time is kept. */
  text: string;
  onChoose: (text: string) => void;
  /** What the day is of, where the control beside it does not say. */
  title?: string;
};

const cell = "size-8 p-0 text-center";

/** The month to choose a day from. The browser's own zone plays no part: days are taken by their numbers. */
export default function CalendarPopup({ anchor, open, onClose, zone, text, onChoose, title }: CalendarPopupProps) {
  const selected = readDay(text);
  const wall = toWall(new Date(), zone);
  const today = new Date(wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate());
  return (
    <PopoverPopup open={open} onClose={onClose} anchor={anchor} title={title ?? "Choose a day"} hideTitle={!title}>
      <DayPicker
        mode="single"
        autoFocus
        weekStartsOn={1}
        today={today}
        selected={selected}
        defaultMonth={selected ?? today}
        onSelect={(_day, clicked) => onChoose(writeDay(clicked, text))}
        classNames={{
          root: "num",
          months: "relative",
          month_caption: "grid h-8 place-items-center font-medium",
          nav: "absolute inset-x-0 top-0 flex h-8 items-center justify-between",
          button_previous: "grid size-7 place-items-center rounded-md hover:bg-sunk",
          button_next: "grid size-7 place-items-center rounded-md hover:bg-sunk",
          chevron: "size-3.5 fill-mute",
          month_grid: "mt-1 border-collapse",
          weekday: `${cell} text-xs font-medium text-mute`,
          day: cell,
          day_button: "size-8 rounded-md hover:bg-sunk",
          today: "font-semibold text-accent",
          selected: "[&>button]:bg-accent [&>button]:text-accent-ink forced-colors:[&>button]:border-2",
          outside: "text-faint",
        }}
      />
    </PopoverPopup>
  );
}

function readDay(text: string): Date | undefined {
  const match = /^\s*(\d{4})-(\d{2})-(\d{2})/.exec(text);
  if (!match) return undefined;
  return new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
}

function writeDay(day: Date, text: string): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const time = /[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)/.exec(text)?.[1];
  const date = `${String(day.getFullYear()).padStart(4, "0")}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
  return time ? `${date} ${time}` : date;
}
