"use client";

import { useEffect, useRef } from "react";
import { PlainForm } from "@/components/accounts/plain-form";
import { FormErrors } from "@/components/ui/form-errors";
import type { FormState } from "@/lib/accounts/state";

/** Lets into the demo: at once where there are scripts, so that one click on the link is all; else by its button. */
export function DemoForm({ path, state }: { path: string; state: FormState }) {
  const box = useRef<HTMLDivElement>(null);
  const refused = state.message !== undefined;
  useEffect(() => {
    if (!refused) box.current?.querySelector("form")?.requestSubmit();
  }, [refused]);
  return (
    <div ref={box} className="flex flex-col gap-4">
      <FormErrors message={state.message} />
      <PlainForm path={path} submitLabel="Open the demo" />
    </div>
  );
}
