import { SlidersHorizontal } from "lucide-react";
import Form from "next/form";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { auditEventNames, auditEvents } from "@/lib/access/audit-events";
import { type AuditFilter, auditFilters, isFiltered, operationEvent } from "@/lib/audit/search-params";

type AuditFiltersProps = { path: string; list: AuditFilter; zone: string; hasOperations: boolean };

/** What of the audit is shown, behind a button; open while something is left out. The address holds it. */
export function AuditFilters({ path, list, zone, hasOperations }: AuditFiltersProps) {
  return (
    <details open={isFiltered(list)} className="group min-w-0 flex-1">
      <summary className="flex min-h-8 w-fit cursor-pointer list-none items-center gap-2 rounded-md border bg-panel px-3 font-medium hover:bg-hover [&::-webkit-details-marker]:hidden">
        <SlidersHorizontal aria-hidden="true" className="size-4 text-mute" />
        Filter
      </summary>
      <Form
        key={auditFilters.map((name) => list[name]).join("\n")}
        action={path}
        className="flex max-w-4xl flex-col gap-3 pt-3"
      >
        <div className="grid gap-3 sm:grid-cols-4">
          <Field name="what" label="What">
            <Select
              defaultValue={list.what}
              options={[
                { value: "", label: "Everything" },
                ...(hasOperations ? [{ value: operationEvent, label: "Operations on codes" }] : []),
                ...auditEventNames.map((name) => ({ value: name, label: auditEvents[name] })),
              ]}
            />
          </Field>
          <Field name="by" label="Who">
            <TextInput defaultValue={list.by} maxLength={200} />
          </Field>
          <Field name="from" label={`From, on the clocks of ${zone}`}>
            <TextInput type="date" defaultValue={list.from} />
          </Field>
          <Field name="to" label="To">
            <TextInput type="date" defaultValue={list.to} />
          </Field>
        </div>
        <div className="flex gap-2">
          <Button type="submit" variant="primary">
            Show
          </Button>
          {isFiltered(list) && (
            <ButtonLink variant="quiet" href={path}>
              Show everything
            </ButtonLink>
          )}
        </div>
      </Form>
    </details>
  );
}
