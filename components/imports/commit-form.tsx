"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useState, useTransition } from "react";
import { unreachable } from "@/components/forms/unreachable";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormErrors } from "@/components/ui/form-errors";
import { TextInput } from "@/components/ui/text-input";
import type { CampaignIds } from "@/lib/access/scope";
import type { FieldProblems } from "@/lib/errors";
import { formatCount } from "@/lib/format";
import { commitImportAction } from "@/lib/imports/actions";
import { DiscardButton } from "./discard-button";
import { outcomeId } from "./outcome-id";

type Props = {
  scope: CampaignIds;
  importId: string;
  /** How many codes a commit makes; where it makes none, the file can only be discarded. */
  codes: number;
  /** Whether the file has other rows too, which are left out. */
  onlyGood: boolean;
  importPath: string;
  /** What else can be done about the file. */
  children?: ReactNode;
};

/** Imports a checked file as a batch that may get a name, or forgets it. */
export function CommitForm({ scope, importId, codes, onlyGood, importPath, children }: Props) {
  const router = useRouter();
  const [refusal, setRefusal] = useState<{ message: string; fields?: FieldProblems } | null>(null);
  const [batchName, setBatchName] = useState("");
  const [committing, startCommit] = useTransition();

  const commit = () =>
    startCommit(async () => {
      const result = await commitImportAction({ ...scope, importId, onlyGood, batchName }).catch(unreachable);
      if (result.ok) {
        // The button goes; what it did stands in its place, and gets the focus.
        document.getElementById(outcomeId)?.focus();
        const codes = formatCount(result.data.codes, "code");
        return announce(result.data.running ? `Importing ${codes} in the background` : `Imported ${codes}`);
      }
      setRefusal(result);
      router.refresh(); // codes that were taken meanwhile are among the problems now
    });

  return (
    <form
      noValidate
      autoComplete="off"
      className="flex w-full flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (codes > 0 && !committing) commit();
      }}
    >
      {codes > 0 && (
        <Field
          name="batchName"
          label="Name of the batch"
          optional
          help="Such as “Black Friday influencers”. It can be changed at any time."
          error={refusal?.fields?.batchName}
          className="max-w-96"
        >
          <TextInput value={batchName} onChange={(event) => setBatchName(event.target.value)} />
        </Field>
      )}
      <div className="flex flex-wrap items-center gap-2">
        {codes > 0 && (
          <Button type="submit" variant="primary" pending={committing}>
            {onlyGood ? `Import the ${formatCount(codes, "good row")}` : `Import ${formatCount(codes, "code")}`}
          </Button>
        )}
        {children}
        <DiscardButton
          {...{ scope, importId, importPath }}
          disabled={committing}
          onRefused={(message) => setRefusal({ message })}
        />
      </div>
      {refusal && <FormErrors message={refusal.message} fieldErrors={refusal.fields} />}
    </form>
  );
}
