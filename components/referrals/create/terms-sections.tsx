import { DateTimeField } from "@/components/ui/date-time-field";
import { Field } from "@/components/ui/field";
import { FormSection } from "@/components/ui/form-section";
import { NumberInput } from "@/components/ui/number-input";
import { RadioGroup } from "@/components/ui/radio-group";
import type { CreatedTerms } from "@/lib/creations/queries";
import { formatCount } from "@/lib/format";
import { asLabel, unlimited, unsetWord } from "@/lib/words";
import type { FormPart } from "./form-part";
import { LastTerms } from "./last-terms";

type LimitSectionProps = FormPart & { zone: string; lastTerms: CreatedTerms | null };

/** How often each code can be redeemed, said in words. */
export function LimitSection({ form, set, problems, zone, lastTerms }: LimitSectionProps) {
  const limit = /^\d{1,6}$/.test(form.usageLimit.trim()) ? Number(form.usageLimit) : 0;
  const each = form.who === "many" ? "Each code" : "The code";
  const words = limit === 1 ? "once" : limit === 2 ? "twice" : formatCount(limit, "time");
  return (
    <FormSection title="Redemption limit">
      {lastTerms && <LastTerms terms={lastTerms} zone={zone} set={set} />}
      <RadioGroup
        name="limit"
        label={<span className="sr-only">Redemption limit</span>}
        value={form.limit}
        onValueChange={(value) => set("limit", value as typeof form.limit)}
        options={[
          { value: "limited", label: "A number of times" },
          { value: "unlimited", label: asLabel(unlimited), help: `${each} can be redeemed as often as friends like.` },
        ]}
      />
      {form.limit === "limited" && (
        <Field
          name="usageLimit"
          label="Number of redemptions"
          help={limit > 0 ? `${each} can be redeemed ${words}.` : "1 to 999,999."}
          error={problems.usageLimit}
          className="max-w-56"
        >
          <NumberInput value={form.usageLimit} onChange={(event) => set("usageLimit", event.target.value)} />
        </Field>
      )}
    </FormSection>
  );
}

/** When the codes can be redeemed, on the clocks of the application's zone. */
export function ValiditySection({ form, set, problems, zone }: FormPart & { zone: string }) {
  return (
    <FormSection title="Validity" description={`Dates are on the clocks of ${zone}.`}>
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
        <div className="flex flex-col gap-2">
          <RadioGroup
            name="start"
            label="Valid from"
            value={form.start}
            onValueChange={(value) => set("start", value as typeof form.start)}
            options={[
              { value: "none", label: asLabel(unsetWord("validFrom")) },
              { value: "date", label: "From a date" },
            ]}
          />
          {form.start === "date" && (
            <DateTimeField
              name="validFrom"
              label="Valid from"
              hideLabel
              zone={zone}
              bound="start"
              value={form.validFrom}
              onValueChange={(text) => set("validFrom", text)}
              error={problems.validFrom}
            />
          )}
        </div>
        <div className="flex flex-col gap-2">
          <RadioGroup
            name="end"
            label="Valid until"
            value={form.end}
            onValueChange={(value) => set("end", value as typeof form.end)}
            options={[
              { value: "none", label: asLabel(unsetWord("validUntil")) },
              { value: "date", label: "Until a date" },
            ]}
          />
          {form.end === "date" && (
            <DateTimeField
              name="validUntil"
              label="Valid until"
              hideLabel
              zone={zone}
              bound="end"
              value={form.validUntil}
              onValueChange={(text) => set("validUntil", text)}
              error={problems.validUntil}
            />
          )}
        </div>
      </div>
    </FormSection>
  );
}
