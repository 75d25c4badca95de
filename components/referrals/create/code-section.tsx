import { useState } from "react";
import { Field } from "@/components/ui/field";
import { FormSection } from "@/components/ui/form-section";
import { RadioGroup } from "@/components/ui/radio-group";
import { TextInput } from "@/components/ui/text-input";
import { type CodeSpace, charactersProblem, patternProblem, sampleCodes } from "@/lib/codes/generator";
import { codeSentences } from "@/lib/codes/reasons";
import type { CaseRule } from "@/lib/codes/rules";
import type { SpaceUse } from "@/lib/creations/rules";
import { sayAny } from "@/lib/say";
import { CodeMeter } from "./code-meter";
import type { FormPart } from "./form-part";

type CodeSectionProps = FormPart & {
  caseRule: CaseRule;
  /** The codes that pattern and characters give; null while either has a problem. */
  space: CodeSpace | null;
  spaceUse: { known: SpaceUse | null; busy: boolean; failed: boolean };
  room: string | null;
  wanted: number;
};

const caseHelp: Record<CaseRule, string> = {
  "insensitive-uppercase": "This application writes codes in upper case.",
  "insensitive-lowercase": "This application writes codes in lower case.",
  sensitive: "Upper and lower case are different in this application.",
};

/** How the codes come about: typed, or drawn from a pattern. */
export function CodeSection(props: CodeSectionProps) {
  const { form, set, problems, caseRule, space, spaceUse, room, wanted } = props;
  const own = form.who === "one" && form.codes === "own";
  const [opened, setOpened] = useState(false);
  const wrong = {
    pattern: sayAny(codeSentences, patternProblem(form.pattern.trim())) ?? room ?? problems.pattern,
    characters: sayAny(codeSentences, charactersProblem(form.characters.trim(), caseRule)) ?? problems.characters,
  };
  const [sample] = space ? sampleCodes(space, 1) : [];
  return (
    <FormSection
      title={form.who === "one" ? "Code" : "Codes"}
      description={form.who === "many" ? "A different one for each, all in one batch." : undefined}
    >
      {form.who === "one" && (
        <RadioGroup
          name="codes"
          label={<span className="sr-only">Code</span>}
          value={form.codes}
          onValueChange={(value) => set("codes", value as typeof form.codes)}
          options={[
            { value: "generated", label: "Generated from a pattern" },
            { value: "own", label: "A code of my own" },
          ]}
        />
      )}
      {own ? (
        <Field
          name="code"
          label="Own code"
          help={`4 to 100 letters, digits and . _ % + @ # -. ${caseHelp[caseRule]}`}
          error={problems.code}
        >
          <TextInput mono value={form.code} onChange={(event) => set("code", event.target.value)} />
        </Field>
      ) : (
        <details
          open={opened || wrong.pattern !== undefined || wrong.characters !== undefined}
          onToggle={(event) => setOpened(event.currentTarget.open)}
        >
          <summary className="min-h-6 w-fit max-w-full cursor-pointer rounded-sm [overflow-wrap:anywhere]">
            Pattern <span className="mono">{form.pattern}</span>
            {sample !== undefined && (
              <span className="text-mute">
                , such as <span className="mono">{sample}</span>
              </span>
            )}
          </summary>
          <div className="flex flex-col gap-4 pt-4">
            <Field
              name="pattern"
              label="Pattern"
              help="Each # becomes one of the characters below; letters, digits and . _ % + @ - stand for themselves."
              error={wrong.pattern}
            >
              <TextInput mono value={form.pattern} onChange={(event) => set("pattern", event.target.value)} />
            </Field>
            <Field
              name="characters"
              label="Characters"
              help={`${caseHelp[caseRule]} Without 0, O, 1 and I, codes are easier to read aloud.`}
              error={wrong.characters}
            >
              <TextInput mono value={form.characters} onChange={(event) => set("characters", event.target.value)} />
            </Field>
            {space ? (
              <CodeMeter
                space={space}
                use={spaceUse.known}
                busy={spaceUse.busy}
                failed={spaceUse.failed}
                wanted={wanted}
                onPatternChange={(pattern) => set("pattern", pattern)}
              />
            ) : (
              <p className="text-sm text-mute">Sample codes appear once pattern and characters are right.</p>
            )}
          </div>
        </details>
      )}
    </FormSection>
  );
}
