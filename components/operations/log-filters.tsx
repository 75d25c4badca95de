import { SlidersHorizontal, X } from "lucide-react";
import Form from "next/form";
import Link from "next/link";
import { kindWords } from "@/components/operations/operation-text";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { operationKinds } from "@/lib/operations/schema";
import { type OperationFilter, operationFilters, operationListHref } from "@/lib/operations/search-params";
import { wallDate } from "@/lib/zone";

type LogFiltersProps = { path: string; filter: OperationFilter; actors: string[]; zone: string };

/** What of the log is shown: each condition a chip that can be removed, and behind a button all of them. The address holds them. */
export function LogFilters({ path, filter, actors, zone }: LogFiltersProps) {
  const set = operationFilters.filter((name) => filter[name] !== "");
  const key = operationFilters.map((name) => filter[name]).join("\n");
  return (
    <div className="flex flex-wrap items-start gap-2 px-4 pb-3 sm:px-6">
      <details className="group min-w-0 open:w-full">
        <summary className="flex min-h-8 w-fit cursor-pointer list-none items-center gap-2 rounded-md border bg-panel px-3 font-medium hover:bg-hover [&::-webkit-details-marker]:hidden">
          <SlidersHorizontal aria-hidden="true" className="size-4 text-mute" />
          Filter
        </summary>
        <Form key={key} action={path} className="flex max-w-4xl flex-col gap-3 pt-3">
          <div className="grid gap-3 sm:grid-cols-3">
            <Field name="by" label="Who">
              <TextInput defaultValue={filter.by} maxLength={200} list="operation-actors" />
            </Field>
            <datalist id="operation-actors">
              {actors.map((name) => (
                <option key={name} value={name} />
              ))}
            </datalist>
            <Field name="kind" label="What">
              <Select
                defaultValue={filter.kind}
                options={[
                  { value: "", label: "Everything" },
                  ...operationKinds.map((kind) => ({ value: kind, label: kindWords[kind] })),
                ]}
              />
            </Field>
            <Field name="code" label="Code">
              <TextInput mono defaultValue={filter.code} maxLength={200} />
            </Field>
            <Field name="batch" label="Batch ID">
              <TextInput mono defaultValue={filter.batch} maxLength={8} />
            </Field>
            <Field name="from" label={`From, on the clocks of ${zone}`}>
              <TextInput type="date" defaultValue={filter.from} />
            </Field>
            <Field name="to" label="To">
              <TextInput type="date" defaultValue={filter.to} />
            </Field>
          </div>
          <div className="flex gap-2">
            <Button type="submit" variant="primary">
              Show
            </Button>
          </div>
        </Form>
      </details>
      {set.length > 0 && (
        <ul aria-label="Filters" className="flex min-w-0 flex-wrap items-center gap-2">
          {set.map((name) => (
            <li
              key={name}
              className="flex min-h-8 min-w-0 items-center gap-1.5 rounded-md border bg-panel pl-2.5 [overflow-wrap:anywhere]"
            >
              <span className="text-mute">{labels[name]}</span> {chipText(name, filter[name])}
              <Link
                prefetch={false}
                href={operationListHref(path, { ...filter, [name]: "" })}
                aria-label={`Remove ${labels[name]} ${chipText(name, filter[name])}`}
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

const labels: Record<keyof OperationFilter, string> = {
  kind: "What",
  by: "Who",
  from: "From",
  to: "To",
  batch: "Batch ID",
  code: "Code",
  singles: "Made one at a time",
};

function chipText(name: keyof OperationFilter, text: string): string {
  if (name === "kind") return kindWords[text as keyof typeof kindWords];
  return name === "from" || name === "to" || name === "singles" ? dayText(text) : text;
}

/** "28 Nov 2026", of `2026-11-28`. */
export function dayText(day: string): string {
  return wallDate(Date.parse(day));
}
