import type { ReactNode } from "react";

/** The buttons of a form, in sight however long it is. Spans the page, as its header does; the buttons stand under the fields. */
export function FormBar({ children }: { children: ReactNode }) {
  return (
    <div className="sticky bottom-0 -mx-4 w-[100cqw] border-t bg-ground px-4 py-3 sm:-mx-6 sm:px-6">
      <div className="flex max-w-[45rem] items-center gap-2">{children}</div>
    </div>
  );
}
