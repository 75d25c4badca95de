"use client";

import { useRouter } from "next/navigation";
import { FormFrame } from "@/components/forms/form-frame";
import { useForm } from "@/components/forms/use-form";
import { Field } from "@/components/ui/field";
import { FormSection } from "@/components/ui/form-section";
import { NumberInput } from "@/components/ui/number-input";
import { toast } from "@/components/ui/toast";
import { saveApprovalAction } from "@/lib/applications/actions";
import { saveApprovalInput } from "@/lib/applications/schema";
import { formatCount } from "@/lib/format";
import { readWholeNumber } from "@/lib/whole-number";

type ApprovalFormProps = { applicationId: number; approvalAbove: number | null };

/** Says how many codes a change may be of without a second person's approval. */
export function ApprovalForm({ applicationId, approvalAbove: shown }: ApprovalFormProps) {
  const router = useRouter();
  const members = `/applications/${applicationId}/members`;
  const state = useForm({
    blank: { above: shown === null ? "" : String(shown) },
    schema: saveApprovalInput,
    read: ({ above }, problems) => {
      const number = above.trim() === "" ? null : readWholeNumber(above);
      if (typeof number !== "string") return { applicationId, approvalAbove: number, shown };
      problems.approvalAbove = number;
      return { applicationId, approvalAbove: null, shown };
    },
    action: saveApprovalAction,
    onDone: ({ approvalAbove }) => {
      toast.success(
        approvalAbove === null
          ? "Approval is off"
          : `Changes of more than ${formatCount(approvalAbove, "code")} need approval`,
      );
      router.push(members);
    },
  });
  return (
    <FormFrame state={state} submitLabel="Save approval" cancelPath={members}>
      <FormSection
        title="Which changes"
        description="Whoever asks sees the plan, and so does whoever approves: exactly its codes and values."
      >
        <Field
          name="approvalAbove"
          label="Changes of more than this many codes need approval"
          help="Empty: none does. 0: each does. It counts the codes that are edited, deleted or undone, also by a file that is uploaded again."
          error={state.problems.approvalAbove}
          className="max-w-96"
        >
          <NumberInput value={state.form.above} onChange={(event) => state.set("above", event.target.value)} />
        </Field>
        <ul className="flex list-disc flex-col gap-1 pl-5 text-mute">
          <li>
            An editor or admin asks, and another one approves and applies it, or refuses it with a reason. Nobody
            decides about their own.
          </li>
          <li>Making new codes, by a form, a file or the API, needs no approval.</li>
          <li>API keys cannot ask: what they would change beyond this number is refused.</li>
          <li>Edits beyond it cannot be scheduled; one that grows beyond it until its time waits for approval then.</li>
          <li>
            The number counts at the moment of applying, for plans that were made before, too. Undecided changes end
            after 14 days.
          </li>
        </ul>
      </FormSection>
    </FormFrame>
  );
}
