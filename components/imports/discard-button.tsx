"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { unreachable } from "@/components/forms/unreachable";
import { Button } from "@/components/ui/button";
import type { CampaignIds } from "@/lib/access/scope";
import { discardImportAction } from "@/lib/imports/actions";

type Props = {
  scope: CampaignIds;
  importId: string;
  importPath: string;
  disabled?: boolean;
  onRefused: (message: string) => void;
};

/** Forgets a checked file, and leads to where the next one is uploaded. */
export function DiscardButton({ scope, importId, importPath, disabled, onRefused }: Props) {
  const router = useRouter();
  const [discarding, start] = useTransition();
  const discard = () =>
    start(async () => {
      const result = await discardImportAction({ ...scope, importId }).catch(unreachable);
      if (result.ok) return router.push(importPath);
      onRefused(result.message);
      router.refresh();
    });
  return (
    <Button variant="quiet" pending={discarding} disabled={disabled} onClick={discard}>
      Discard
    </Button>
  );
}
