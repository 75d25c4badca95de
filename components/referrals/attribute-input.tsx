"use client";

import { useId } from "react";
import { DateTimeField } from "@/components/ui/date-time-field";
import { Field } from "@/components/ui/field";
import { NumberInput } from "@/components/ui/number-input";
import { Select } from "@/components/ui/select";
import { TextArea } from "@/components/ui/text-area";
import { TextInput } from "@/components/ui/text-input";
import { suggestionsText } from "@/lib/attributes/form";
import type { AttributeDefinition } from "@/lib/attributes/rules";

type AttributeInputProps = {
  definition: AttributeDefinition;
  /** The control's text, see `lib/attributes/input.ts`. */
  text: string;
  onTextChange: (text: string) => void;
  zone: string;
  /** Form value name, e.g. `attributes.tier`. */
  name: string;
  error?: string;
  hideLabel?: boolean;
  /** The first choice of a select, where the value may stay unset. */
  emptyLabel?: string;
};

/** One attribute's control by its type: choices where they are restricted, suggestions where they are free. */
export function AttributeInput(props: AttributeInputProps) {
  const { definition, text, onTextChange, zone, name, error, hideLabel, emptyLabel = "Not set" } = props;
  const suggestions = useId();
  const label = definition.title || definition.name;
  const wiring = { name, label, error, hideLabel, help: definition.description || undefined };
  const list = definition.type.startsWith("(list ");
  const values = suggestionsText(definition, zone).replaceAll("\n", ", ");

  const choices = choicesOf(definition, zone);
  if (choices) {
    return (
      <Field {...wiring}>
        <Select
          value={text}
          onChange={(event) => onTextChange(event.target.value)}
          options={[{ value: "", label: emptyLabel }, ...choices]}
        />
      </Field>
    );
  }
  if (definition.type === "time") {
    return (
      <DateTimeField
        name={name}
        label={label}
        hideLabel={hideLabel}
        error={error}
        zone={zone}
        bound="start"
        verb="At"
        emptyText={values && `Such as ${values}`}
        value={text}
        onValueChange={onTextChange}
      />
    );
  }
  if (list) {
    return (
      <Field
        {...wiring}
        help={
          definition.restricted ? `One a line, of: ${values}` : `One value a line${values && `, such as ${values}`}`
        }
      >
        <TextArea rows={3} value={text} onChange={(event) => onTextChange(event.target.value)} />
      </Field>
    );
  }
  const control = { value: text, onChange: (event: { target: { value: string } }) => onTextChange(event.target.value) };
  return (
    <Field {...wiring}>
      {definition.type === "number" ? (
        <NumberInput {...control} inputMode="decimal" />
      ) : (
        <TextInput {...control} list={suggestions} />
      )}
      {definition.suggestions.length > 0 && (
        <datalist id={suggestions}>
          {definition.suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      )}
    </Field>
  );
}

function choicesOf(definition: AttributeDefinition, zone: string) {
  if (definition.type === "boolean") {
    return [
      { value: "true", label: "Yes" },
      { value: "false", label: "No" },
    ];
  }
  if (!definition.restricted || definition.type.startsWith("(list ")) return null;
  return suggestionsText(definition, zone)
    .split("\n")
    .map((text) => ({ value: text, label: text }));
}
