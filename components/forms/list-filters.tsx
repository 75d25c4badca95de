import { SlidersHorizontal, X } from "lucide-react";
import Form from "next/form";
import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { wallDate } from "@/lib/zone";

type ListFiltersProps<Filter> = {
  path: string;
  /** What is asked for; empty texts ask nothing. */
  filter: Filter;
  labels: { [name in keyof Filter]: string };
  /** How the text of a filter reads, where it is not shown as it is. */
  told: { [name in keyof Filter]?: (text: string) => string };
  href: (filter: Filter) => string;
  zone: string;
  /** The fields of the form beside the two of days. */
  children: ReactNode;
};

/** What of a list is shown: each condition a chip that can be removed, and behind a button all of them. The address holds them. */
export function ListFilters<Filter extends { from: string; to: string }>(props: ListFiltersProps<Filter>) {
  const { path, filter, labels, told, href, zone, children } = props;
  const set = (Object.keys(labels) as (keyof Filter & string)[]).flatMap((name) => {
    const text = String(filter[name]);
    return text === "" ? [] : [{ name, text: told[name]?.(text) ?? text }];
  });
  return (
    <div className="flex min-w-0 flex-1 flex-wrap items-start gap-2 has-[details[open]]:basis-full">
      <details className="min-w-0 open:w-full">
        <summary className="flex min-h-8 w-fit cursor-pointer list-none items-center gap-2 rounded-md border bg-panel px-3 font-medium hover:bg-hover [&::-webkit-details-marker]:hidden">
          <SlidersHorizontal aria-hidden="true" className="size-4 text-mute" />
          Filter
        </summary>
        <Form key={JSON.stringify(filter)} action={path} className="flex max-w-2xl flex-col gap-3 pt-3">
          <div className="grid gap-3 sm:grid-cols-2">
            {children}
            <Field name="from" label={`From, on the clocks of ${zone}`}>
              <TextInput type="date" defaultValue={filter.from} />
            </Field>
            <Field name="to" label="To">
              <TextInput type="date" defaultValue={filter.to} />
            </Field>
          </div>
          <Button type="submit" variant="primary" className="self-start">
            Show
          </Button>
        </Form>
      </details>
      {set.length > 0 && (
        <ul aria-label="Filters" className="flex min-w-0 flex-wrap items-center gap-2">
          {set.map(({ name, text }) => (
            <li
              key={name}
              className="flex min-h-8 min-w-0 items-center gap-1.5 rounded-md border bg-panel pl-2.5 [overflow-wrap:anywhere]"
            >
              <span className="text-mute">{labels[name]}</span> {text}
              <Link
                prefetch={false}
                href={href({ ...filter, [name]: "" })}
                aria-label={`Remove ${labels[name]} ${text}`}
                className="grid size-7 shrink-0 place-items-center rounded-md text-mute hover:bg-sunk hover:text-ink"
              >
                <X aria-hidden="true" className="size-4" />
              </Link>
            </li>
          ))}
          {set.length > 1 && (
            <li>
              <Link prefetch={false} href={path} className="link">
                Remove all
              </Link>
            </li>
          )}
        </ul>
      )}
    </div>
  );
}

/** "28 Nov 2026", of `2026-11-28`. */
export function dayText(day: string): string {
  return wallDate(Date.parse(day));
}
