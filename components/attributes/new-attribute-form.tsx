"use client";

import { useRouter } from "next/navigation";
import { FormFrame } from "@/components/forms/form-frame";
import { useForm } from "@/components/forms/use-form";
import { toast } from "@/components/ui/toast";
import { createAttributeAction } from "@/lib/attributes/actions";
import { attributeForm, readAttributeForm } from "@/lib/attributes/form";
import { createAttributeInput } from "@/lib/attributes/schema";
import { AttributeSections } from "./attribute-sections";

type NewAttributeFormProps = { application: { id: number; timeZone: string } };

/** Defines an attribute. */
export function NewAttributeForm({ application: { id, timeZone } }: NewAttributeFormProps) {
  const router = useRouter();
  const attributes = `/applications/${id}/attributes`;
  const state = useForm({
    blank: attributeForm(null, timeZone),
    schema: createAttributeInput,
    read: (form, problems) => ({ ...readAttributeForm(form, timeZone, problems), applicationId: id }),
    action: createAttributeAction,
    onDone: ({ name }) => {
      toast.success(`Added ${name}`);
      router.push(attributes);
    },
  });
  return (
    <FormFrame state={state} submitLabel="Add attribute" cancelPath={attributes}>
      <AttributeSections {...state} exists={false} zone={timeZone} />
    </FormFrame>
  );
}
