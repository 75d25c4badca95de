import { Button } from "@/components/ui/button";
import { DateTimeField } from "@/components/ui/date-time-field";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { withBase } from "@/lib/base-path";
import type { CodeQuestion } from "@/lib/sessions/search-params";

type Props = { path: string; question: CodeQuestion; problems: Partial<CodeQuestion>; zone: string };

/** Asks whether a code would work, by the page's address: it can be sent on, and needs no script. */
export function CheckForm({ path, question, problems, zone }: Props) {
  return (
    <form action={withBase(path)} className="grid max-w-3xl items-start gap-4 sm:grid-cols-2">
      <Field name="code" label="Code" error={problems.code}>
        <TextInput mono defaultValue={question.code} required maxLength={200} autoFocus={question.code === ""} />
      </Field>
      <Field name="friend" label="Friend’s Integration ID" optional error={problems.friend}>
        <TextInput defaultValue={question.friend} maxLength={1000} />
      </Field>
      <DateTimeField
        name="at"
        label="At what time"
        zone={zone}
        bound="start"
        defaultValue={question.at}
        emptyText="Now"
        error={problems.at}
        optional
      />
      <div className="sm:pt-6">
        <Button type="submit" variant="primary">
          Check
        </Button>
      </div>
    </form>
  );
}
