import { dayText, ListFilters } from "@/components/forms/list-filters";
import { kindWords } from "@/components/operations/operation-text";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { operationKinds } from "@/lib/operations/schema";
import { type OperationFilter, operationListHref } from "@/lib/operations/search-params";

type LogFiltersProps = { path: string; filter: OperationFilter; actors: string[]; zone: string };

/** What of the log is shown. */
export function LogFilters({ path, filter, actors, zone }: LogFiltersProps) {
  return (
    <ListFilters {...{ path, filter, labels, told, zone }} href={(rest) => operationListHref(path, rest)}>
      <Field name="by" label={labels.by}>
        <TextInput defaultValue={filter.by} maxLength={200} list="operation-actors" />
      </Field>
      <datalist id="operation-actors">
        {actors.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <Field name="kind" label={labels.kind}>
        <Select
          defaultValue={filter.kind}
          options={[
            { value: "", label: "Everything" },
            ...operationKinds.map((kind) => ({ value: kind, label: kindWords[kind] })),
          ]}
        />
      </Field>
      <Field name="code" label={labels.code}>
        <TextInput mono defaultValue={filter.code} maxLength={200} />
      </Field>
      <Field name="batch" label={labels.batch}>
        <TextInput mono defaultValue={filter.batch} maxLength={8} />
      </Field>
      {filter.singles && <input type="hidden" name="singles" value={filter.singles} />}
    </ListFilters>
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
const told = {
  ...{ from: dayText, to: dayText, singles: dayText },
  kind: (kind: string) => kindWords[kind as keyof typeof kindWords],
};
