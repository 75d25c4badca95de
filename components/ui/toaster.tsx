"use client";

import { useSyncExternalStore } from "react";
import { latePart } from "./late-part";
import { firstToast } from "./toast";

const ToasterList = latePart("A message", () => import("./toaster-list"), { corner: true });

/** Where toasts appear; once, in the root layout. Costs nothing until there is one. */
export function Toaster() {
  const happened = useSyncExternalStore(firstToast.subscribe, firstToast.happened, () => false);
  return happened && <ToasterList />;
}
