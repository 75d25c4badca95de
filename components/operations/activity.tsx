"use client";

import { useProgress } from "@/components/operations/use-progress";
import { latePart } from "@/components/ui/late-part";

// Most pages never show it, so they do not load it.
const ActivityPanel = latePart("What runs in the background", () => import("@/components/operations/activity-panel"), {
  corner: true,
});

/** The background operations of an application, in a corner of every page, for as long as there are any. */
export function Activity({ applicationId }: { applicationId: number }) {
  const operations = useProgress(applicationId);
  return operations.length > 0 && <ActivityPanel applicationId={applicationId} operations={operations} />;
}
