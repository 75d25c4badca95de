import type { ReactNode } from "react";

/** A page outside the shell that says one thing: not found, an error. */
export function BlankPage({ title, children, actions }: { title: string; children: ReactNode; actions: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-[80dvh] max-w-md flex-col items-start justify-center gap-3 px-6 py-16">
      <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
      <div className="text-pretty text-mute">{children}</div>
      <div className="mt-2 flex flex-wrap gap-2">{actions}</div>
    </main>
  );
}
