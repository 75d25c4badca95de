import { Field } from "@/components/ui/field";
import { FormSection } from "@/components/ui/form-section";
import { TextArea } from "@/components/ui/text-area";
import { TextInput } from "@/components/ui/text-input";
import { codePlace, linkOf, linkProblem } from "@/lib/campaigns/links";
import { sharePlaces, shareTextMax, shareTextOf, shareTextProblem } from "@/lib/campaigns/share-text";
import type { FieldProblems } from "@/lib/errors";

type SharingSectionProps = {
  pattern: string;
  onPattern: (text: string) => void;
  problem: FieldProblems[string] | undefined;
  text: string;
  onText: (text: string) => void;
  textProblem: FieldProblems[string] | undefined;
  zone: string;
};

/** The code that stands in what is shown. */
const example = {
  code: "7KQ2-XA9M",
  advocateIntegrationId: "anna@example.com",
  validUntil: new Date("2027-02-01T12:00:00Z"),
};
const places = Object.entries(sharePlaces)
  .map(([name, meaning]) => `{${name}} (${meaning})`)
  .join(", ");

/** What an advocate receives and passes on: a link with the code in it, and a text around both. */
export function SharingSection({ pattern, onPattern, problem, text, onText, textProblem, zone }: SharingSectionProps) {
  const linkPattern = linkProblem(pattern.trim()) === null ? pattern.trim() : "";
  const shared = text.trim();
  const isReady = shared !== "" && shareTextProblem(shared, linkPattern) === null;
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
      {linkPattern !== "" && (
        <p className="text-sm text-mute">
          The link of 7KQ2-XA9M:{" "}
          <span className="mono text-ink [overflow-wrap:anywhere]">{linkOf(linkPattern, example.code)}</span>
        </p>
      )}
      <Field
        name="shareText"
        label="Share text"
        optional
        help={`What an advocate is sent with a code, to be copied on its page. It has places for ${places}.`}
        error={textProblem}
      >
        <TextArea
          rows={3}
          maxLength={shareTextMax}
          value={text}
          placeholder="Here is {code} for your friends: {link} – valid until {validUntil}."
          onChange={(event) => onText(event.target.value)}
        />
      </Field>
      {isReady && (
        <p className="text-sm whitespace-pre-wrap text-mute [overflow-wrap:anywhere]">
          Of 7KQ2-XA9M: <span className="text-ink">{shareTextOf(shared, example, { linkPattern, zone })}</span>
        </p>
      )}
    </FormSection>
  );
}
