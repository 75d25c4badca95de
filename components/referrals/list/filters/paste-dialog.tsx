"use client";

import { type FormEvent, useState } from "react";
import { sendFile } from "@/components/forms/send-file";
import { unreachable } from "@/components/forms/unreachable";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextArea } from "@/components/ui/text-area";
import { formatCount } from "@/lib/format";
import { referralPaths } from "@/lib/referrals/list/search-params";
import type { Choice, NamedCodes } from "@/lib/selections/schema";

type PasteDialogProps = {
  scope: { applicationId: number; campaignId: number };
  onClose: () => void;
  /** Narrows the list to what was found. */
  onChoose: (selectionId: string) => void;
};

/** Finds the codes of a sheet or a mail: says what became of each, then shows those that were found. */
export default function PasteDialog({ scope, onClose, onChoose }: PasteDialogProps) {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string>();
  const [pending, setPending] = useState(false);
  const [choice, setChoice] = useState<Choice | null>(null);

  async function find(event: FormEvent) {
    event.preventDefault();
    if (pending) return;
    setPending(true);
    const result = await sendFile<Choice>(referralPaths(scope).pasted, [text], "text/plain").catch(unreachable);
    setPending(false);
    if (result.ok) setChoice(result.data);
    else setProblem(Object.values(result.fields ?? {})[0] ?? result.message);
  }

  const { selectionId } = choice ?? { selectionId: null };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Find pasted codes"
      description="Paste codes from a sheet, or a whole mail: the codes in it are found, also with a blank for a dash."
      actions={
        choice ? (
          <>
            <Button variant="quiet" onClick={() => setChoice(null)}>
              Back
            </Button>
            {selectionId && (
              <Button variant="primary" onClick={() => onChoose(selectionId)}>
                {`Show ${formatCount(choice.found, "code")}`}
              </Button>
            )}
          </>
        ) : (
          <Button type="submit" form="paste-codes" variant="primary" pending={pending}>
            Find codes
          </Button>
        )
      }
    >
      {choice ? (
        <Outcome choice={choice} />
      ) : (
        <form id="paste-codes" onSubmit={find} noValidate>
          <Field name="pasted" label="Codes" error={problem}>
            <TextArea
              data-first
              mono
              rows={8}
              value={text}
              onChange={(event) => {
                setText(event.target.value);
                setProblem(undefined);
              }}
            />
          </Field>
        </form>
      )}
    </Dialog>
  );
}

function Outcome({ choice }: { choice: Choice }) {
  return (
    <div role="status" className="flex flex-col gap-3">
      <p className="font-medium">{`${formatCount(choice.found, "code")} found in this text`}</p>
      {choice.prose && (
        <p className="text-mute">
          The text has sentences, so words are not taken for missing codes: only capitals alone, or letters with digits.
        </p>
      )}
      {choice.duplicates > 0 && (
        <p className="text-mute">{`${formatCount(choice.duplicates, "repetition")} left out: each code counts once.`}</p>
      )}
      <Named title={`${formatCount(choice.notFound.count, "code")} not found`} codes={choice.notFound} />
      {choice.elsewhere.map((campaign) => (
        <Named
          key={campaign.campaignId}
          title={`${formatCount(campaign.count, "code")} in the campaign “${campaign.campaign}”`}
          codes={campaign}
        />
      ))}
    </div>
  );
}

function Named({ title, codes: { first, count } }: { title: string; codes: NamedCodes }) {
  if (count === 0) return null;
  return (
    <details>
      <summary className="min-h-6 font-medium">{title}</summary>
      <p className="mono max-h-40 overflow-y-auto pt-1 [overflow-wrap:anywhere] text-mute">
        {first.join(", ")}
        {count > first.length && ` and ${count - first.length} more`}
      </p>
    </details>
  );
}
