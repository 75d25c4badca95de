"use client";

import { useState } from "react";
import type { KeyKind } from "@/lib/keys/rules";
import { TryForm } from "./try-form";

export interface TryItProps {
  operationId: string;
  method: string;
  path: string;
  kind: KeyKind;
  parameters: { name: string; place: "path" | "query" | "header"; required: boolean; sample: string }[];
  /** A JSON body to begin with. */
  example?: string;
  /** The field that holds a file. */
  upload?: string;
}

/** An operation that can be sent to this server; its form is made when it is opened. */
export function TryIt(props: TryItProps) {
  const [open, setOpen] = useState(false);
  return (
    <details className="scripted" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="w-fit font-medium text-accent hover:underline">Try it on this server</summary>
      {open && <TryForm {...props} />}
    </details>
  );
}
