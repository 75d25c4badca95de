import { useCallback } from "react";
import { Field } from "@/components/ui/field";
import { FormSection } from "@/components/ui/form-section";
import { RadioGroup } from "@/components/ui/radio-group";
import { Segmented } from "@/components/ui/segmented";
import { TextInput } from "@/components/ui/text-input";
import { trimmed } from "@/lib/codes/rules";
import type { AdvocateList } from "@/lib/creations/rules";
import { asLabel, unsetWord } from "@/lib/words";
import { AdvocateListField } from "./advocate-list-field";
import { AdvocateListSummary } from "./advocate-list-summary";
import type { FormPart } from "./form-part";

/** Who gets codes: one advocate, perhaps for one friend only, or a list of them. */
export function AdvocateSection({ form, set, problems, list }: FormPart & { list: AdvocateList }) {
  const changeList = useCallback((text: string) => set("advocates", text), [set]);
  const many = form.who === "many";
  return (
    <FormSection title="Advocates" description="The customers who invite. Each gets a code to share.">
      <Segmented
        name="who"
        label="Codes for"
        hideLabel
        value={form.who}
        onValueChange={(value) => set("who", value as typeof form.who)}
        options={[
          { value: "one", label: "One advocate" },
          { value: "many", label: "Many advocates" },
        ]}
      />
      {/* Hidden rather than removed, so that a pasted list survives a look at the other choice. */}
      <div hidden={!many} className="flex flex-col gap-3">
        <AdvocateListField active={many} onTextChange={changeList} error={problems.advocates} />
        <AdvocateListSummary
          list={list}
          repeated={form.repeated}
          onRepeatedChange={(repeated) => set("repeated", repeated)}
        />
        <Field
          name="batchName"
          label="Name of the batch"
          optional
          help="Such as “Black Friday influencers”. It can be changed at any time."
          error={problems.batchName}
        >
          <TextInput value={form.batchName} onChange={(event) => set("batchName", event.target.value)} />
        </Field>
      </div>
      {!many && (
        <>
          <Field
            name="advocate"
            label="Advocate's Integration ID"
            help={
              spaceNote(form.advocate) ??
              "As your shop knows the customer, letter by letter. Upper and lower case matter."
            }
            error={problems.advocate}
          >
            <TextInput mono value={form.advocate} onChange={(event) => set("advocate", event.target.value)} />
          </Field>
          <RadioGroup
            name="friends"
            label="Who may redeem the code"
            value={form.friends}
            onValueChange={(value) => set("friends", value as typeof form.friends)}
            options={[
              { value: "any", label: asLabel(unsetWord("friend")) },
              { value: "one", label: "One friend only" },
            ]}
          />
          {form.friends === "one" && (
            <Field
              name="friend"
              label="Friend's Integration ID"
              help={spaceNote(form.friend) ?? "Nobody else can redeem the code."}
              error={problems.friend}
            >
              <TextInput mono value={form.friend} onChange={(event) => set("friend", event.target.value)} />
            </Field>
          )}
        </>
      )}
    </FormSection>
  );
}

function spaceNote(id: string): string | null {
  return id === trimmed(id)
    ? null
    : "White space around the ID, and other characters that cannot be seen, are left out.";
}
