"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { z } from "zod";
import { FormFrame } from "@/components/forms/form-frame";
import { useForm } from "@/components/forms/use-form";
import { fieldLabel, fieldValueText, inFormOrder } from "@/components/operations/field-value";
import { useUndo } from "@/components/operations/undo/use-undo";
import { AttributeFields } from "@/components/referrals/attribute-fields";
import { limitHelp } from "@/components/referrals/edit/edit-state";
import { byControl, changesOf, shownIn, type Texts, textsOf } from "@/components/referrals/edit/values";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button-link";
import { DateTimeField } from "@/components/ui/date-time-field";
import { Field } from "@/components/ui/field";
import { FormSection } from "@/components/ui/form-section";
import { NumberInput } from "@/components/ui/number-input";
import { TextInput } from "@/components/ui/text-input";
import type { CampaignIds } from "@/lib/access/scope";
import type { AttributeDefinition } from "@/lib/attributes/rules";
import { attributeField, attributeOf } from "@/lib/codes/fields";
import { formatCount } from "@/lib/format";
import { saveAction } from "@/lib/operations/actions";
import type { FieldValues } from "@/lib/operations/rules";
import { referralPaths } from "@/lib/referrals/list/search-params";
import { asLabel, unsetWord } from "@/lib/words";

type ValuesFormProps = {
  scope: CampaignIds;
  referralId: string;
  /** The code's fields, as the log has them. */
  values: FieldValues;
  attributes: AttributeDefinition[];
  zone: string;
};

/** What a refusal as stale carries: the fields as somebody else saved them. */
const savedValues = z.record(z.string(), z.unknown());

/** The values of one code, each as it is, and Save. What somebody else changed meanwhile is told before it is replaced. */
export function ValuesForm(props: ValuesFormProps) {
  // as they were when the form opened: reading the page again must not change what is typed, nor what it is compared with
  const [{ scope, referralId, attributes, zone }] = useState(props);
  const [shown, setShown] = useState(props.values);
  const [theirs, setTheirs] = useState<string[]>([]);
  const router = useRouter();
  const paths = referralPaths(scope);
  const { tell } = useUndo(scope);
  const reading = { timeZone: zone, attributes };

  const state = useForm({
    blank: textsOf(props.values, attributes, zone),
    read: (texts, problems) => {
      const read = changesOf(textsOf(shown, attributes, zone), texts, attributes, zone);
      Object.assign(problems, read.problems);
      return read.changes;
    },
    action: async (changes) => {
      if (!changes) return { ok: true as const, data: null };
      const input = JSON.parse(JSON.stringify(changes)); // instants as text
      const result = await saveAction({ scope, referralId, changes: input, shown: shownIn(shown, changes) });
      return result.ok || !result.fields ? result : { ...result, fields: byControl(result.fields) };
    },
    onDone: (operation) => {
      if (operation) tell(operation.operationId, `Changed ${formatCount(operation.changed, "code")}`);
      router.push(paths.referral(referralId));
    },
    onRefused: (failure, base, mine) => {
      if (failure.code !== "stale" || !failure.details) return undefined;
      const saved = savedValues.parse(failure.details);
      const texts = textsOf(saved, attributes, zone);
      const both = Object.keys(texts).filter((field) => texts[field] !== base[field] && mine[field] !== base[field]);
      setTheirs(inFormOrder(both, reading));
      setShown(saved);
      const typed = Object.entries(mine).filter(([field, text]) => text !== base[field]);
      return { base: texts, form: { ...texts, ...Object.fromEntries(typed) } };
    },
  });
  const { form, set, problems } = state;
  const text = (field: string) => form[field] ?? "";
  const label = (field: string) => fieldLabel(field, reading);
  const date = (field: "validFrom" | "validUntil", bound: "start" | "end") => (
    <DateTimeField
      name={field}
      label={label(field)}
      zone={zone}
      bound={bound}
      emptyText={`${asLabel(unsetWord(field))}.`}
      value={text(field)}
      onValueChange={(typed) => set(field, typed)}
      error={problems[field]}
    />
  );

  return (
    <FormFrame
      state={state}
      submitLabel="Save"
      cancelPath={paths.referral(referralId)}
      more={
        <ButtonLink variant="quiet" href={paths.planEdit(referralId)}>
          Plan or schedule
        </ButtonLink>
      }
    >
      {theirs.length > 0 && (
        <Banner tone="warning" live title="Someone else changed this code meanwhile; yours is not saved yet.">
          They saved{" "}
          {theirs.map((field) => `${label(field)}: ${fieldValueText(field, shown[field], reading)}`).join("; ")}. What
          you typed stands below, and replaces theirs if you save.
        </Banner>
      )}
      <FormSection title="Redemptions">
        <Field
          name="usageLimit"
          label={label("usageLimit")}
          help={limitHelp({ do: "set", text: text("usageLimit") }, problems.usageLimit !== undefined, "the code")}
          error={problems.usageLimit}
          className="max-w-56"
        >
          <NumberInput value={text("usageLimit")} onChange={(event) => set("usageLimit", event.target.value)} />
        </Field>
        <Field
          name="friendIntegrationId"
          label={label("friendIntegrationId")}
          help="Only this customer may redeem the code. Empty: anyone may."
          error={problems.friendIntegrationId}
        >
          <TextInput
            value={text("friendIntegrationId")}
            onChange={(event) => set("friendIntegrationId", event.target.value)}
          />
        </Field>
      </FormSection>
      <FormSection title="Validity" description={`Dates are on the clocks of ${zone}.`}>
        <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
          {date("validFrom", "start")}
          {date("validUntil", "end")}
        </div>
      </FormSection>
      {attributes.length > 0 && (
        <FormSection title="Attributes" description="All optional. What is emptied is not set any more.">
          <AttributeFields
            definitions={attributes}
            texts={byAttribute(form)}
            onTextsChange={(texts) => {
              for (const [name, typed] of Object.entries(texts)) set(attributeField(name), typed);
            }}
            zone={zone}
            problems={problems}
          />
        </FormSection>
      )}
    </FormFrame>
  );
}

/** The texts of the attributes, by their names. */
function byAttribute(form: Texts): Texts {
  return Object.fromEntries(
    Object.entries(form).flatMap(([field, typed]) => {
      const name = attributeOf(field);
      return name === null ? [] : [[name, typed]];
    }),
  );
}
