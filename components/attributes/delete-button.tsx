"use client";

import { useRouter } from "next/navigation";
import { Suspense, use, useState, useTransition } from "react";
import { unreachable } from "@/components/forms/unreachable";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import { deleteAttributeAction } from "@/lib/attributes/actions";

type DeleteButtonProps = {
  applicationId: number;
  name: string;
  donePath: string;
  /** Why it cannot be deleted; null where nothing is known that keeps it. */
  kept: Promise<string | null>;
};

/** Deletes an attribute after asking; where something keeps it, says what and offers no deletion. */
export function DeleteButton(props: DeleteButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="quiet" onClick={() => setOpen(true)}>
        Delete…
      </Button>
      {open && (
        <Suspense fallback={null}>
          <Question {...props} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

function Question({ applicationId, name, donePath, kept, onClose }: DeleteButtonProps & { onClose: () => void }) {
  const router = useRouter();
  const known = use(kept);
  const [refusal, setRefusal] = useState<string>();
  const [pending, startDeleting] = useTransition();
  const reason = refusal ?? known;

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

  return reason === null ? (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Delete the attribute ${name}?`}
      confirmLabel="Delete attribute"
      tone="danger"
      pending={pending}
      onConfirm={confirm}
    >
      It disappears from every form and can no longer be imported. This cannot be undone.
    </ConfirmDialog>
  ) : (
    <Dialog
      open
      onClose={onClose}
      title={refusal ? `${name} was not deleted` : `${name} cannot be deleted`}
      description={reason}
      actions={<Button onClick={onClose}>Close</Button>}
    />
  );
}
