"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { unreachable } from "@/components/forms/unreachable";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { FormErrors } from "@/components/ui/form-errors";
import { RadioGroup } from "@/components/ui/radio-group";
import { Select } from "@/components/ui/select";
import type { CampaignIds } from "@/lib/access/scope";
import { rereadImportAction } from "@/lib/imports/actions";
import { encodingNames, isAssumed, type SingleByteEncoding, singleByteEncodings } from "@/lib/imports/encodings";
import type { FileReading } from "@/lib/imports/queries";
import type { DateOrder } from "@/lib/written-date";
import { MatchingTable, type ShownColumn } from "./matching-table";

type Props = {
  scope: CampaignIds;
  importId: string;
  importPath: string;
  columns: ShownColumn[];
  reading: Pick<FileReading, "fields" | "encoding" | "order" | "dates">;
  options: { value: string; label: string }[];
  /** Whether a field that every code needs has no column yet. */
  unnamed: boolean;
};

/** Says what the columns hold, how dates are written and in which letters, and has the file read again. */
export function ReadingForm({ scope, importId, importPath, columns, reading, options, unnamed }: Props) {
  const router = useRouter();
  const [fields, setFields] = useState<(string | null)[]>(reading.fields);
  const [order, setOrder] = useState(reading.order);
  const [encoding, setEncoding] = useState(reading.encoding);
  const [namesAreRow, setNamesAreRow] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const { example } = reading.dates;
  const matched = fields.some((field, index) => field !== reading.fields[index]);
  const changed = matched || order !== reading.order || encoding !== reading.encoding || namesAreRow;

  /** A field stands in one column: another that had it is left out. */
  const choose = (at: number, field: string | null) =>
    setFields(fields.map((one, index) => (index === at ? field : one === field ? null : one)));

  const read = () =>
    start(async () => {
      const asked = {
        ...(matched && { fields }),
        ...(order !== reading.order && { order }),
        ...(encoding !== reading.encoding && isAssumed(encoding) && { encoding }),
        namesAreRow,
      };
      const result = await rereadImportAction({ ...scope, importId, ...asked }).catch(unreachable);
      if (!result.ok) return setRefusal(result.message);
      announce("The file was read again");
      router.replace(`${importPath}/${result.data.importId}`);
    });

  return (
    <div className="mt-3 flex flex-col gap-4">
      <MatchingTable columns={columns} fields={fields} options={options} onChoose={choose} />
      {unnamed && (
        <Checkbox
          label="The first line is a row too, and names no columns"
          checked={namesAreRow}
          onChange={(event) => setNamesAreRow(event.currentTarget.checked)}
        />
      )}
      {example && (
        <RadioGroup
          name="order"
          label={`In dates such as ${example.text}`}
          options={[
            { value: "day", label: `the day comes first: ${example.day}` },
            { value: "month", label: `the month comes first: ${example.month}` },
          ]}
          value={order ?? ""}
          onValueChange={(value) => setOrder(value as DateOrder)}
        />
      )}
      {isAssumed(reading.encoding) && (
        <Field
          name="encoding"
          label="Letters"
          help="The file is no UTF-8. Choose another where letters such as ä, ł or я look wrong above."
          className="max-w-96"
        >
          <Select
            value={encoding}
            onChange={(event) => setEncoding(event.currentTarget.value as SingleByteEncoding)}
            options={singleByteEncodings.map((value) => ({ value, label: encodingNames[value] }))}
          />
        </Field>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button
          variant={unnamed || reading.dates.either > 0 ? "primary" : "plain"}
          pending={pending}
          disabled={!changed}
          onClick={read}
        >
          Read the file again
        </Button>
        {refusal && (
          <div className="w-full">
            <FormErrors message={refusal} />
          </div>
        )}
      </div>
    </div>
  );
}
