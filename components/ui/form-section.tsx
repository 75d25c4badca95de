import { type ReactNode, useId } from "react";

type FormSectionProps = { title: string; description?: string; children: ReactNode };

/** A part of a long form under its own heading, which stands beside it where both have room: large text needs more. */
export function FormSection({ title, description, children }: FormSectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="@container border-t border-hairline py-6 first:border-0">
      <div className="grid gap-x-8 gap-y-4 @min-[32rem]:grid-cols-[11rem_minmax(0,1fr)]">
        <div>
          <h2 id={id} className="font-semibold">
            {title}
          </h2>
          {description && <p className="mt-1 text-sm text-pretty text-mute">{description}</p>}
        </div>
        <div className="flex min-w-0 flex-col gap-4">{children}</div>
      </div>
    </section>
  );
}
