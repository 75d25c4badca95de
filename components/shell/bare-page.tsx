import type { ReactNode } from "react";

/** A page that belongs to no application, so it has no menu: header and body one below the other. */
export function BarePage({ children }: { children: ReactNode }) {
  return <main className="mx-auto flex w-full max-w-3xl min-w-0 flex-col py-4 sm:py-10">{children}</main>;
}
