"use client";

import { CalendarDays } from "lucide-react";
import { type ReactNode, useState } from "react";
import { describeBound, formatDistance } from "@/lib/format";
import { type DateOrder, readWrittenDate } from "@/lib/written-date";
import { type Bound, parseZoned } from "@/lib/zone";
import { Field } from "./field";
import { firstMessage, type Messages } from "./field-messages";
import { IconButton } from "./icon-button";
import { latePart } from "./late-part";
import { TextInput } from "./text-input";
import { useDrawn } from "./use-drawn";
import { usePopup } from "./use-popup";

const CalendarPopup = latePart("The calendar", () => import("./calendar-popup"));

type DateTimeFieldProps = {
  name: string;
  label: ReactNode;
  /** IANA name of the zone in which the text is read. */
  zone: string;
  bound: Bound;
  /** The instant that a text stands for, or what is wrong with it, where it is read in another way than by `parseZoned`. */
  read?: (text: string, zone: string, bound: Bound) => Date | string;
  /** The text, from `formatZonedInput`: controlled by `value` and `onValueChange`, or left to the form. */
  value?: string;
  defaultValue?: string;
  onValueChange?: (text: string) => void;
  /** The verb of the line under the field: "Valid" through 31 Jan 2027 … */
  verb?: string;
  /** The line under the field while it is empty: "No end". */
  emptyText?: string;
  error?: Messages;
  id?: string;
  optional?: boolean;
  hideLabel?: boolean;
  disabled?: boolean;
  className?: string;
};

/** Which comes first where this person writes dates in numbers. */
function ownOrder(): DateOrder {
  const parts = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "numeric" }).formatToParts();
  return parts.find(({ type }) => type === "day" || type === "month")?.type === "month" ? "month" : "day";
}

/**
 * A date, with or without a time, typed or picked; the line under it says which instant that is. Typed as people write dates, in
 * the order of their own locale, it is written year first as soon as the field is left.
 */
export function DateTimeField(props: DateTimeFieldProps) {
  const {
    name,
    zone,
    bound,
    read = parseZoned,
    verb,
    emptyText,
    error,
    defaultValue = "",
    onValueChange,
    disabled,
    ...field
  } = props;
  const { value: controlled, ...wiring } = field;
  const [own, setOwn] = useState(defaultValue);
  const [left, setLeft] = useState(false);
  const drawn = useDrawn(); // how far away it is, the server would say of another moment
  const { anchor, open, wanted, hide, toggle } = usePopup();
  const value = controlled ?? own;
  const meant = meantBy(value);
  const parsed = meant.trim() === "" ? null : read(meant, zone, bound);

  function meantBy(text: string): string {
    if (text.trim() === "" || read(text, zone, bound) instanceof Date) return text;
    const written = readWrittenDate(text, ownOrder());
    return written && "iso" in written ? written.iso : text;
  }

  function meaning(instant: Date): string {
    const words = describeBound(instant, zone, bound, verb);
    return drawn ? `${words}, ${formatDistance(instant, new Date())}` : words;
  }

  function settle() {
    if (meant !== value) change(meant);
  }

  function change(text: string) {
    setOwn(text);
    onValueChange?.(text);
  }

  const mistake = typeof parsed === "string" && left ? parsed : undefined;
  const help = parsed instanceof Date ? meaning(parsed) : parsed === null ? emptyText : zone;
  return (
    <Field {...wiring} name={name} error={mistake ?? firstMessage(error)} help={help}>
      <span className="relative block">
        <TextInput
          value={value}
          disabled={disabled}
          placeholder="2027-01-31 14:30"
          onChange={(event) => change(event.target.value)}
          // A mistake told under the finger that is about to press a button would move the button away from it.
          onBlur={({ relatedTarget }) => {
            settle();
            setLeft(!(relatedTarget instanceof HTMLButtonElement));
          }}
          onKeyDown={({ key }) => key === "Enter" && settle()}
          className="num pr-9"
        />
        <IconButton
          ref={anchor}
          label="Choose a day"
          disabled={disabled}
          aria-haspopup="dialog"
          aria-expanded={open}
          onClick={toggle}
          onPointerEnter={CalendarPopup.fetch}
          onFocus={CalendarPopup.fetch}
          className="absolute top-0.5 right-0.5"
        >
          <CalendarDays aria-hidden="true" className="size-4" />
        </IconButton>
      </span>
      {wanted && (
        <CalendarPopup
          anchor={anchor}
          open={open}
          onClose={hide}
          zone={zone}
          text={value}
          onChoose={(text) => {
            change(text);
            hide();
          }}
        />
      )}
    </Field>
  );
}
