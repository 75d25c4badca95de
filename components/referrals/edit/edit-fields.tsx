"use client";

import { Fragment, type ReactNode } from "react";
import { fieldLabel, fieldValueText } from "@/components/operations/field-value";
import { AttributeInput } from "@/components/referrals/attribute-input";
import { EditRow } from "@/components/referrals/edit/edit-row";
import {
  type EditState,
  type Instruction,
  leave,
  limitHelp,
  onlyUnredeemed,
  unlimitedText,
} from "@/components/referrals/edit/edit-state";
import { Checkbox } from "@/components/ui/checkbox";
import { DateTimeField } from "@/components/ui/date-time-field";
import { Field } from "@/components/ui/field";
import { NumberInput } from "@/components/ui/number-input";
import { TextInput } from "@/components/ui/text-input";
import { attributeText } from "@/lib/attributes/input";
import type { AttributeDefinition } from "@/lib/attributes/rules";
import { attributeField, attributeOf, type CodeFieldName, codeFieldNames, codeFields } from "@/lib/codes/fields";
import type { FieldProblems } from "@/lib/errors";
import { formatNumber } from "@/lib/format";
import type { Subject } from "@/lib/operations/subject";
import { asLabel, unsetWord } from "@/lib/words";
import { formatZonedInput } from "@/lib/zone";

type EditFieldsProps = {
  subject: Subject;
  attributes: AttributeDefinition[];
  zone: string;
  state: EditState;
  problems: FieldProblems;
  onChange: (field: string, row: Instruction) => void;
};

const dateChoices: { value: Instruction["do"]; label: string }[] = [
  { value: "leave", label: "Leave" },
  { value: "set", label: "Set to" },
  { value: "shift", label: "Shift by days" },
  { value: "weeks", label: "Shift by weeks" },
  { value: "monthEnd", label: "End of its month" },
  { value: "clear", label: "Clear" },
];
const limitChoices: { value: Instruction["do"]; label: string }[] = [
  { value: "leave", label: "Leave" },
  { value: "set", label: "Set to" },
  { value: "raise", label: "Raise by" },
  { value: "unlimited", label: "Unlimited" },
];
const friendChoices: { value: Instruction["do"]; label: string }[] = [
  { value: "leave", label: "Leave" },
  { value: "set", label: "Set to" },
  { value: "clear", label: "Clear" },
];
const attributeChoices: { value: Instruction["do"]; label: string }[] = [
  { value: "leave", label: "Leave" },
  { value: "set", label: "Set to" },
  { value: "clear", label: "Remove" },
];

/** Every field that can be edited, each with what it holds now and what to do with it. */
export function EditFields({ subject, attributes, zone, state, problems, onChange }: EditFieldsProps) {
  const reading = { timeZone: zone, attributes };
  const now = (field: string) => nowText(subject, field, (value) => fieldValueText(field, value, reading));
  const row = (field: string) => state[field] ?? leave;
  const common = (field: string) => ({
    name: field,
    label: fieldLabel(field, reading),
    now: now(field),
    row: row(field),
  });
  // "Set to" begins with the present value where there is one for all.
  const choose = (field: string, present: string) => (choice: Instruction["do"]) =>
    onChange(field, { do: choice, text: choice === "set" ? present : "" });
  const type = (field: string) => (text: string) => onChange(field, { ...row(field), text });
  const only = (field: string) => onlyValue(subject, field);

  const date = (field: "validFrom" | "validUntil") => {
    const { bound } = codeFields[field];
    const value = only(field);
    const present = formatZonedInput(typeof value === "string" ? new Date(value) : null, zone, bound);
    return (
      <EditRow
        {...common(field)}
        choices={bound === "start" ? dateChoices.filter(({ value }) => value !== "monthEnd") : dateChoices}
        onChoose={choose(field, present)}
      >
        {row(field).do === "set" && (
          <DateTimeField
            name={field}
            label={fieldLabel(field, reading)}
            hideLabel
            zone={zone}
            bound={bound}
            value={row(field).text}
            onValueChange={type(field)}
            error={problems[field]}
          />
        )}
        {(row(field).do === "shift" || row(field).do === "weeks") && (
          <Field
            name={field}
            label={row(field).do === "weeks" ? "Weeks" : "Days"}
            hideLabel
            error={problems[field]}
            help={`${row(field).do === "weeks" ? "Weeks" : "Days"} later, or earlier with a minus; the time of day in ${zone} stays. Codes without a date stay without.`}
          >
            <NumberInput
              value={row(field).text}
              placeholder={row(field).do === "weeks" ? "2" : "14"}
              onChange={(event) => type(field)(event.target.value)}
            />
          </Field>
        )}
        {row(field).do === "monthEnd" && (
          <p className="py-1.5 text-mute">
            Through the last day of the month that each date is in, in {zone}. Codes without a date stay without.
          </p>
        )}
        {row(field).do === "clear" && <p className="py-1.5 text-mute">{asLabel(unsetWord(field))}.</p>}
      </EditRow>
    );
  };

  const limit = () => {
    const value = only("usageLimit");
    const { do: choice, text } = row("usageLimit");
    return (
      <EditRow
        {...common("usageLimit")}
        choices={limitChoices}
        onChoose={choose("usageLimit", typeof value === "number" && value > 0 ? String(value) : "")}
      >
        {(choice === "set" || choice === "raise") && (
          <Field
            name="usageLimit"
            label={choice === "set" ? fieldLabel("usageLimit", reading) : "Raise by"}
            hideLabel
            error={problems.usageLimit}
            help={limitHelp(row("usageLimit"), problems.usageLimit !== undefined)}
          >
            <NumberInput value={text} placeholder="10" onChange={(event) => type("usageLimit")(event.target.value)} />
          </Field>
        )}
        {choice === "unlimited" && <p className="py-1.5 text-mute">{unlimitedText}</p>}
      </EditRow>
    );
  };

  const friend = () => {
    if (subject.code === null) return null; // each code has its own
    const value = only("friendIntegrationId");
    const { do: choice, text } = row("friendIntegrationId");
    return (
      <EditRow
        {...common("friendIntegrationId")}
        choices={friendChoices}
        onChoose={choose("friendIntegrationId", typeof value === "string" ? value : "")}
      >
        {choice === "set" && (
          <Field
            name="friendIntegrationId"
            label={fieldLabel("friendIntegrationId", reading)}
            hideLabel
            error={problems.friendIntegrationId}
            help="Only this customer may redeem the code."
          >
            <TextInput value={text} onChange={(event) => type("friendIntegrationId")(event.target.value)} />
          </Field>
        )}
        {choice === "clear" && <p className="py-1.5 text-mute">Anyone may redeem the code.</p>}
      </EditRow>
    );
  };

  const rows: Record<CodeFieldName, () => ReactNode> = {
    usageLimit: limit,
    validFrom: () => date("validFrom"),
    validUntil: () => date("validUntil"),
    friendIntegrationId: friend,
  };
  return (
    <div>
      {codeFieldNames.map((field) => (
        <Fragment key={field}>{rows[field]()}</Fragment>
      ))}
      {attributes.map((definition) => {
        const field = attributeField(definition.name);
        return (
          <EditRow
            key={field}
            {...common(field)}
            choices={attributeChoices}
            onChoose={choose(field, attributeText(definition, only(field), zone))}
          >
            {row(field).do === "set" && (
              <AttributeInput
                definition={definition}
                text={row(field).text}
                onTextChange={type(field)}
                zone={zone}
                name={field}
                error={problems[field]}
                hideLabel
                emptyLabel="Choose…"
              />
            )}
          </EditRow>
        );
      })}
      {subject.count > 1 && (
        <div className="pt-4">
          <Checkbox
            checked={row(onlyUnredeemed).do === "set"}
            onChange={(event) => onChange(onlyUnredeemed, { do: event.target.checked ? "set" : "leave", text: "" })}
            label="Only codes that have not been redeemed"
            help="Codes with redemptions are left as they are, and counted in the plan."
          />
        </div>
      )}
    </div>
  );
}

/** The value that all selected codes hold, or undefined where they differ, some lack it, or not all were looked at. */
function onlyValue(subject: Subject, field: string): unknown {
  const [first, second] = subject.held[field] ?? [];
  return first && !second && first.count === subject.count ? first.value : undefined;
}

function nowText(subject: Subject, field: string, shown: (value: unknown) => string): string {
  const held = subject.held[field] ?? [];
  const set = held.reduce((sum, { count }) => sum + count, 0);
  const [first] = held;
  const sample = subject.looked < subject.count ? ` of ${formatNumber(subject.looked)} looked at` : "";
  const unset = unsetWord(field);
  if (!first) return sample ? `${unset} in the ${formatNumber(subject.looked)} codes looked at` : unset;
  const text = (value: unknown) => (value === null ? unset : shown(value));
  if (first.count === subject.count) return text(first.value);
  const distinct = (subject.distinct[field] ?? 0) + (distinctUnset(subject, field, set) ? 1 : 0);
  const more = distinct > 1 ? ` and ${formatNumber(distinct - 1)} more` : "";
  return `${text(first.value)} (${formatNumber(first.count)}${sample})${more}`;
}

/** Attributes that are not set have no value to count; the rest of the codes lack it. */
function distinctUnset(subject: Subject, field: string, set: number): boolean {
  return attributeOf(field) !== null && (subject.distinct[field] ?? 0) <= 3 && set < subject.looked;
}
