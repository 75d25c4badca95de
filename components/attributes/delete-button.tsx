"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { unreachable } from "@/components/forms/unreachable";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast";
import { deleteAttributeAction } from "@/lib/attributes/actions";

type DeleteButtonProps = { applicationId: number; name: string; donePath: string };

/** Deletes an attribute after asking; says in the dialog what keeps it. */
export function DeleteButton({ applicationId, name, donePath }: DeleteButtonProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const [pending, startDeleting] = useTransition();

  function confirm() {
    startDeleting(async () => {
      const result = await deleteAttributeAction({ applicationId, name }).catch(unreachable);
      if (!result.ok) {
        setRefusal(result.message);
        return;
      }
      toast.success(`Deleted ${name}`);
      router.push(donePath);
    });
  }

  return (
    <>
      <Button
        variant="quiet"
        onClick={() => {
          setRefusal(undefined);
          setOpen(true);
        }}
      >
        Delete…
      </Button>
      <ConfirmDialog
        open={open}
        onClose={() => setOpen(false)}
        title={`Delete the attribute ${name}?`}
        confirmLabel="Delete attribute"
        tone="danger"
        pending={pending}
        onConfirm={confirm}
      >
        It disappears from every form and can no longer be imported. An attribute that codes carry is not deleted. This
        cannot be undone.
        {refusal && (
          <span className="mt-3 block text-ink">
            <Banner tone="error" live>
              {refusal}
            </Banner>
          </span>
        )}
      </ConfirmDialog>
    </>
  );
}
