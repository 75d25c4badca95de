import { AttributeInput } from "@/components/referrals/attribute-input";
import { limitHelp } from "@/components/referrals/edit/edit-state";
import { DateTimeField } from "@/components/ui/date-time-field";
import { Field } from "@/components/ui/field";
import { NumberInput } from "@/components/ui/number-input";
import { Select } from "@/components/ui/select";
import type { AttributeDefinition } from "@/lib/attributes/rules";
import { attributeField } from "@/lib/codes/fields";
import type { QuickKind } from "./quick";

type QuickFieldProps = {
  kind: QuickKind;
  /** The field that is changed; empty until an attribute is chosen. */
  field: string;
  text: string;
  problem: string | undefined;
  attributes: AttributeDefinition[];
  zone: string;
  onField: (field: string) => void;
  onText: (text: string) => void;
};

/** The control of the one value, and for attributes which of them it is. */
export function QuickField({ kind, field, text, problem, attributes, zone, onField, onText }: QuickFieldProps) {
  if (kind === "validUntil")
    return (
      <DateTimeField
        name={field}
        label="Valid until"
        zone={zone}
        bound="end"
        value={text}
        onValueChange={onText}
        error={problem}
      />
    );
  if (kind === "usageLimit")
    return (
      <Field
        name={field}
        label="Redemption limit"
        error={problem}
        help={limitHelp({ do: "set", text }, problem !== undefined)}
      >
        <NumberInput value={text} placeholder="10" onChange={(event) => onText(event.target.value)} />
      </Field>
    );
  const definition = attributes.find(({ name }) => attributeField(name) === field);
  return (
    <div className="flex flex-col gap-3">
      <Field name="attribute" label="Attribute">
        <Select
          value={field}
          onChange={(event) => onField(event.target.value)}
          options={[
            { value: "", label: "Choose…" },
            ...attributes.map(({ name, title }) => ({ value: attributeField(name), label: title || name })),
          ]}
        />
      </Field>
      {definition && (
        <AttributeInput
          key={field}
          definition={definition}
          name={field}
          text={text}
          onTextChange={onText}
          zone={zone}
          error={problem}
          emptyLabel="Choose…"
        />
      )}
    </div>
  );
}
