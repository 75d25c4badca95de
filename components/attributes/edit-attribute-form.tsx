"use client";

import { useRouter } from "next/navigation";
import { FormFrame } from "@/components/forms/form-frame";
import { useForm } from "@/components/forms/use-form";
import { toast } from "@/components/ui/toast";
import { saveAttributeAction } from "@/lib/attributes/actions";
import { attributeForm, readAttributeForm } from "@/lib/attributes/form";
import type { AttributeDefinition } from "@/lib/attributes/rules";
import { saveAttributeInput } from "@/lib/attributes/schema";
import { AttributeSections } from "./attribute-sections";
import { DeleteButton } from "./delete-button";

type EditAttributeFormProps = {
  application: { id: number; timeZone: string };
  attribute: AttributeDefinition;
  /** See DeleteButton. */
  kept: Promise<string | null>;
};

/** Changes what can change of an attribute, or deletes it. */
export function EditAttributeForm({ application: { id, timeZone }, attribute, kept }: EditAttributeFormProps) {
  const router = useRouter();
  const attributes = `/applications/${id}/attributes`;
  const { title, description, suggestions, restricted } = attribute;
  const state = useForm({
    blank: attributeForm(attribute, timeZone),
    schema: saveAttributeInput,
    read: (form, problems) => ({
      ...readAttributeForm(form, timeZone, problems),
      applicationId: id,
      shown: { title, description, suggestions, restricted },
    }),
    action: saveAttributeAction,
    onDone: ({ name }) => {
      toast.success(`Saved ${name}`);
      router.push(attributes);
    },
  });
  return (
    <FormFrame
      state={state}
      submitLabel="Save attribute"
      cancelPath={attributes}
      more={<DeleteButton applicationId={id} name={attribute.name} donePath={attributes} kept={kept} />}
    >
      <AttributeSections {...state} exists zone={timeZone} />
    </FormFrame>
  );
}
