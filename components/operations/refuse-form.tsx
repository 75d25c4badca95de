"use client";

import { useEffect, useRef, useState, useTransition } from "react";
import { unreachable } from "@/components/forms/unreachable";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormErrors } from "@/components/ui/form-errors";
import { TextArea } from "@/components/ui/text-area";
import { toast } from "@/components/ui/toast";
import type { CampaignIds } from "@/lib/access/scope";
import type { Failure } from "@/lib/failure";
import { refusePlanAction } from "@/lib/operations/actions";

type RefuseFormProps = { scope: CampaignIds; operationId: string; codes: string; onClose: () => void };

/** Refuses a plan that waits for approval, with the reason that who asked reads. */
export function RefuseForm({ scope, operationId, codes, onClose }: RefuseFormProps) {
  const [reason, setReason] = useState("");
  const [failure, setFailure] = useState<Failure>();
  const [pending, start] = useTransition();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("textarea")?.focus(), []);
  const refuse = () =>
    start(async () => {
      const result = await refusePlanAction({ scope, operationId, reason }).catch(unreachable);
      if (result.ok) toast.success(`Refused the change of ${codes}`);
      else setFailure(result);
    });
  return (
    <form
      ref={form}
      noValidate
      autoComplete="off"
      className="flex max-w-xl flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        refuse();
      }}
    >
      {failure && !failure.fields && <FormErrors message={failure.message} />}
      <Field name="reason" label="Why it is refused" help="Who asked reads it." error={failure?.fields?.reason}>
        <TextArea rows={2} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" variant="danger" pending={pending}>
          Refuse the change
        </Button>
        <Button variant="quiet" disabled={pending} onClick={onClose}>
          Back
        </Button>
      </div>
    </form>
  );
}
