"use client";

import { latePart } from "@/components/ui/late-part";
import { Later } from "@/components/ui/later";

const ActivityPanel = latePart("What runs in the background", () => import("@/components/operations/activity-panel"), {
  quiet: true,
});

/** The background operations of an application, in a corner of every page, for as long as there are any. */
export function Activity({ applicationId }: { applicationId: number }) {
  return (
    <Later>
      <ActivityPanel applicationId={applicationId} />
    </Later>
  );
}
