"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { FormBar } from "@/components/ui/form-bar";
import { FormErrors } from "@/components/ui/form-errors";
import type { FieldProblems } from "@/lib/errors";

type FormFrameProps = {
  state: { send: () => void; refusal?: { message: string; fields?: FieldProblems; code?: string }; pending: boolean };
  submitLabel: string;
  cancelPath?: string;
  /** Stands in the bar beside its buttons. */
  beside?: ReactNode;
  /** Acts of another kind, at the far end of the bar. */
  more?: ReactNode;
  children: ReactNode;
};

/** A form of `useForm`: what is wrong on top, its sections, and a bar with its buttons that stays in sight. */
export function FormFrame({ state, submitLabel, cancelPath, beside, more, children }: FormFrameProps) {
  return (
    <form
      noValidate
      autoComplete="off"
      className="flex flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        state.send();
      }}
    >
      <FormErrors
        message={state.refusal?.message}
        fieldErrors={state.refusal?.fields}
        outdated={state.refusal?.code === "outdated"}
      />
      {children}
      <FormBar>
        <Button type="submit" variant="primary" pending={state.pending}>
          {submitLabel}
        </Button>
        {cancelPath && (
          <ButtonLink variant="quiet" href={cancelPath}>
            Cancel
          </ButtonLink>
        )}
        {beside}
        {more && <div className="ml-auto">{more}</div>}
      </FormBar>
    </form>
  );
}
