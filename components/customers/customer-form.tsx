import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { withBase } from "@/lib/base-path";

type Props = { path: string; id: string; problem?: string };

/** Looks a customer up, by the page's address. */
export function CustomerForm({ path, id, problem }: Props) {
  return (
    <form action={withBase(path)} className="flex max-w-3xl flex-wrap items-start gap-3">
      <Field
        name="id"
        label="Integration ID"
        help="To the letter, as the shop sends it."
        error={problem}
        className="flex-1 basis-64"
      >
        <TextInput defaultValue={id} required maxLength={1000} autoFocus={id === ""} />
      </Field>
      <Button type="submit" variant="primary" className="mt-6">
        Look up
      </Button>
    </form>
  );
}
