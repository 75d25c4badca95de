import type { CreateForm } from "@/lib/creations/form";
import type { FieldProblems } from "@/lib/errors";

/** What every section of the form for new codes works on. */
export interface FormPart {
  form: CreateForm;
  set: <Field extends keyof CreateForm>(field: Field, value: CreateForm[Field]) => void;
  problems: FieldProblems;
}
