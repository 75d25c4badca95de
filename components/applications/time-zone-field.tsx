"use client";

import { useId, useSyncExternalStore } from "react";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { useDrawn } from "@/components/ui/use-drawn";

const timeZones = [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC"])].sort();
const never = () => () => undefined;

/** The zone that the browser's clock is set to; null until the page runs in the browser. */
export function useBrowserZone(): string | null {
  return useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC",
    () => null,
  );
}

/** The one time zone that `text` is a part of, such as "new york"; else the text as it is. */
function completed(text: string): string {
  const plain = (name: string) => name.trim().toLowerCase().replace(/[_/]/g, " ");
  const exact = timeZones.find((zone) => plain(zone) === plain(text));
  const found = timeZones.filter((zone) => plain(zone).includes(plain(text)));
  return exact ?? (found.length === 1 && found[0] ? found[0] : text);
}

type TimeZoneFieldProps = { value: string; onValueChange: (zone: string) => void; error?: string };

/** A time zone, found by typing a part of its name: the browser's own list of suggestions, and it completes itself. */
export function TimeZoneField({ value, onValueChange, error }: TimeZoneFieldProps) {
  const list = useId();
  const inBrowser = useDrawn(); // the server's list may be another one than the browser's
  return (
    <Field
      name="timeZone"
      label="Time zone"
      help="Every date is typed, shown and meant on these clocks. Type a city to find its zone, such as Berlin."
      error={error}
    >
      <TextInput
        list={list}
        spellCheck={false}
        value={value}
        onFocus={(event) => event.target.select()}
        onChange={(event) => onValueChange(event.target.value)}
        onBlur={() => {
          if (completed(value) !== value) onValueChange(completed(value));
        }}
      />
      <datalist id={list}>
        {inBrowser && timeZones.map((zone) => <option key={zone} value={zone} label={zone.replaceAll("_", " ")} />)}
      </datalist>
    </Field>
  );
}
