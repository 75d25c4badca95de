import { Field } from "@/components/ui/field";
import { FormSection } from "@/components/ui/form-section";
import { TextInput } from "@/components/ui/text-input";
import { codePlace, linkOf, linkProblem } from "@/lib/campaigns/links";
import type { FieldProblems } from "@/lib/errors";

type SharingSectionProps = {
  pattern: string;
  onPattern: (text: string) => void;
  problem: FieldProblems[string] | undefined;
};

/** What an advocate receives and passes on: a link with the code in it. */
export function SharingSection({ pattern, onPattern, problem }: SharingSectionProps) {
  const text = pattern.trim();
  const shown = text !== "" && linkProblem(text) === null;
  return (
    <FormSection title="Sharing" description="The page of your shop to which an advocate's link leads.">
      <Field
        name="linkPattern"
        label="Link"
        optional
        help={`${codePlace} stands for the code. Every code then has its link and a QR code, to be copied, exported and sent.`}
        error={problem}
      >
        <TextInput
          mono
          value={pattern}
          placeholder="https://shop.example/?ref={code}"
          onChange={(event) => onPattern(event.target.value)}
        />
      </Field>
      {shown && (
        <p className="text-sm text-mute">
          The link of 7KQ2-XA9M:{" "}
          <span className="mono text-ink [overflow-wrap:anywhere]">{linkOf(text, "7KQ2-XA9M")}</span>
        </p>
      )}
    </FormSection>
  );
}
