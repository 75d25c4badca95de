"use client";

import { createContext, use } from "react";

/** What a Field tells the control inside it. */
type FieldWiring = { id: string; name?: string; describedBy?: string; invalid: boolean };

export const FieldContext = createContext<FieldWiring | null>(null);

type Wired = {
  id?: string;
  name?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean | "true" | "false" | "grammar" | "spelling";
};

/** Props of a control merged with the wiring of the Field around it; the control's own props win. */
export function useFieldProps<P extends Wired>(props: P): P {
  const field = use(FieldContext);
  if (!field) return props;
  return {
    ...props,
    id: props.id ?? field.id,
    name: props.name ?? field.name,
    "aria-describedby": props["aria-describedby"] ?? field.describedBy,
    "aria-invalid": props["aria-invalid"] ?? (field.invalid || undefined),
  };
}
