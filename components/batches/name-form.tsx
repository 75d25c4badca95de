"use client";

import { useState } from "react";
import { useForm } from "@/components/forms/use-form";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormErrors } from "@/components/ui/form-errors";
import { TextArea } from "@/components/ui/text-area";
import { TextInput } from "@/components/ui/text-input";
import { toast } from "@/components/ui/toast";
import type { CampaignIds } from "@/lib/access/scope";
import { nameBatchAction } from "@/lib/batches/actions";
import { type BatchNames, nameBatchInput, savedNames } from "@/lib/batches/schema";

type NameFormProps = { scope: CampaignIds; batchId: string; names: BatchNames };

/** Name and note of a batch. What somebody else saved meanwhile is told before it is replaced. */
export function NameForm({ scope, batchId, names }: NameFormProps) {
  const [shown, setShown] = useState(names);
  const [theirs, setTheirs] = useState<BatchNames | null>(null);
  const state = useForm({
    blank: names,
    schema: nameBatchInput,
    read: (form) => ({ scope, batchId, ...form, shown }),
    action: nameBatchAction,
    stays: true,
    onDone: (saved) => {
      setShown(saved);
      setTheirs(null);
      toast.success("Name and note saved");
    },
    onRefused: (failure, base, mine) => {
      if (failure.code !== "stale") return undefined;
      const saved = savedNames.parse(failure.details);
      setShown(saved);
      setTheirs(saved);
      const keep = (field: keyof BatchNames) => (mine[field] === base[field] ? saved[field] : mine[field]);
      return { base: saved, form: { name: keep("name"), note: keep("note") } };
    },
  });
  const { form, set, problems, refusal, dirty, pending } = state;
  return (
    <section aria-labelledby="name-and-note" className="flex max-w-xl flex-col gap-2">
      <h2 id="name-and-note" className="text-lg font-semibold">
        Name and note
      </h2>
      <form
        noValidate
        autoComplete="off"
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          state.send();
        }}
      >
        <FormErrors message={refusal?.message} fieldErrors={refusal?.fields} outdated={refusal?.code === "outdated"} />
        {theirs && (
          <Banner tone="warning" live title="Someone else saved this meanwhile; yours is not saved yet.">
            They saved the name {told(theirs.name)} and the note {told(theirs.note)}. What you typed stands below, and
            replaces theirs if you save.
          </Banner>
        )}
        <Field
          name="name"
          label="Name"
          optional
          help="What the batch is for, such as “Black Friday influencers”. Up to 120 characters."
          error={problems.name}
        >
          <TextInput value={form.name} onChange={(event) => set("name", event.target.value)} />
        </Field>
        <Field name="note" label="Note" optional error={problems.note}>
          <TextArea rows={3} value={form.note} onChange={(event) => set("note", event.target.value)} />
        </Field>
        <div className="flex flex-wrap items-center gap-2">
          <Button type="submit" variant={dirty ? "primary" : "plain"} pending={pending}>
            Save
          </Button>
        </div>
      </form>
    </section>
  );
}

const told = (text: string) => (text === "" ? "“” (empty)" : `“${text}”`);
