"use client";

import { lazy, Suspense, useSyncExternalStore } from "react";
import { firstToast } from "./toast";

const ToasterList = lazy(() => import("./toaster-list"));

/** Where toasts appear; once, in the root layout. Costs nothing until there is one. */
export function Toaster() {
  const happened = useSyncExternalStore(firstToast.subscribe, firstToast.happened, () => false);
  if (!happened) return null;
  return (
    <Suspense fallback={null}>
      <ToasterList />
    </Suspense>
  );
}
