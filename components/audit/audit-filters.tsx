import { dayText, ListFilters } from "@/components/forms/list-filters";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { auditEventNames, auditEvents } from "@/lib/access/audit-events";
import { type AuditFilter, auditHref, operationEvent } from "@/lib/audit/search-params";

type AuditFiltersProps = { path: string; filter: AuditFilter; zone: string; hasOperations: boolean };

/** What of the audit is shown. */
export function AuditFilters({ path, filter, zone, hasOperations }: AuditFiltersProps) {
  return (
    <ListFilters {...{ path, filter, labels, told, zone }} href={(rest) => auditHref(path, rest)}>
      <Field name="what" label={labels.what}>
        <Select
          defaultValue={filter.what}
          options={[
            { value: "", label: "Everything" },
            ...(hasOperations ? [{ value: operationEvent, label: onCodes }] : []),
            ...auditEventNames.map((name) => ({ value: name, label: auditEvents[name] })),
          ]}
        />
      </Field>
      <Field name="by" label={labels.by}>
        <TextInput defaultValue={filter.by} maxLength={200} />
      </Field>
    </ListFilters>
  );
}

const onCodes = "Operations on codes";
const labels: Record<keyof AuditFilter, string> = { what: "What", by: "Who", from: "From", to: "To" };
const told = {
  ...{ from: dayText, to: dayText },
  what: (event: string) => (event === operationEvent ? onCodes : auditEvents[event as keyof typeof auditEvents]),
};
