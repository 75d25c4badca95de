"use client";

import { lazy, Suspense } from "react";
import { useProgress } from "@/components/operations/use-progress";

// Most pages never show it, so they do not load it.
const ActivityPanel = lazy(() => import("@/components/operations/activity-panel"));

/** The background operations of an application, in a corner of every page, for as long as there are any. */
export function Activity({ applicationId }: { applicationId: number }) {
  const operations = useProgress(applicationId);
  if (operations.length === 0) return null;
  return (
    <Suspense>
      <ActivityPanel applicationId={applicationId} operations={operations} />
    </Suspense>
  );
}
