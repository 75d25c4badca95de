"use client";

import { type ReactNode, useEffect, useState } from "react";

/** How long what the page itself loads comes first, in milliseconds. */
const wait = 1500;

/** What nobody misses at first, and whose code (see `latePart`) is fetched only then. */
export function Later({ children }: { children: ReactNode }) {
  const [due, setDue] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), wait);
    return () => clearTimeout(timer);
  }, []);
  return due && children;
}
