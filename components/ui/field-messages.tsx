import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";

/** An error or several of one form value, as zod and the actions give them. */
export type Messages = string | readonly string[] | undefined;

export function firstMessage(messages: Messages): string | undefined {
  return typeof messages === "string" ? messages || undefined : messages?.[0];
}

/** The lines under a control: what is wrong, and help. Their ids are `<id>-error` and `<id>-help`. */
export function FieldMessages({ id, help, message }: { id: string; help?: ReactNode; message?: string }) {
  return (
    <>
      {message && (
        <p id={`${id}-error`} className="flex gap-1.5 text-sm text-bad">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-3.5 shrink-0" />
          {message}
        </p>
      )}
      {help != null && (
        <div id={`${id}-help`} className="text-sm text-mute">
          {help}
        </div>
      )}
    </>
  );
}
