import { AttributeInput } from "@/components/referrals/attribute-input";
import type { AttributeDefinition } from "@/lib/attributes/rules";
import type { FieldProblems } from "@/lib/errors";

type AttributeFieldsProps = {
  definitions: readonly AttributeDefinition[];
  /** The text of each control by attribute name; missing and empty are unset. */
  texts: Record<string, string>;
  onTextsChange: (texts: Record<string, string>) => void;
  zone: string;
  problems: FieldProblems;
};

/** A typed control for every attribute of the application, all of them optional. */
export function AttributeFields({ definitions, texts, onTextsChange, zone, problems }: AttributeFieldsProps) {
  return definitions.map((definition) => {
    const name = `attributes.${definition.name}`;
    return (
      <AttributeInput
        key={definition.name}
        definition={definition}
        name={name}
        zone={zone}
        text={texts[definition.name] ?? ""}
        onTextChange={(text) => onTextsChange({ ...texts, [definition.name]: text })}
        error={problems[name]}
      />
    );
  });
}
