"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { FormErrors } from "@/components/ui/form-errors";
import type { FieldProblems } from "@/lib/errors";

type FormFrameProps = {
  state: { send: () => void; refusal?: { message: string; fields?: FieldProblems }; pending: boolean };
  submitLabel: string;
  cancelPath?: string;
  /** Acts of another kind, at the far end of the bar. */
  more?: ReactNode;
  children: ReactNode;
};

/** A form of `useForm`: what is wrong on top, its sections, and a bar with its buttons that stays in sight. */
export function FormFrame({ state, submitLabel, cancelPath, more, children }: FormFrameProps) {
  return (
    <form
      noValidate
      className="flex flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        state.send();
      }}
    >
      <FormErrors message={state.refusal?.message} fieldErrors={state.refusal?.fields} />
      {children}
      <div className="sticky bottom-0 -mx-4 flex items-center gap-2 border-t bg-ground px-4 py-3 sm:-mx-6 sm:px-6">
        <Button type="submit" variant="primary" pending={state.pending}>
          {submitLabel}
        </Button>
        {cancelPath && (
          <ButtonLink variant="quiet" href={cancelPath}>
            Cancel
          </ButtonLink>
        )}
        {more && <div className="ml-auto">{more}</div>}
      </div>
    </form>
  );
}
