"use client";

import { useEffect, useState } from "react";
import { withBase } from "@/lib/base-path";
import type { SpaceUse } from "@/lib/creations/rules";

const typingPause = 250;

/** What is known of a pattern's use in the application. The last answer stays until the next one is there. */
interface KnownUse {
  /** The question the answer belongs to. */
  asked: string;
  use: SpaceUse | null;
}

/** Asks how many codes of a pattern are used, once typing rests; the latest question wins. `query` null asks nothing. */
export function useSpaceUse(
  path: string,
  query: string | null,
): { known: SpaceUse | null; busy: boolean; failed: boolean } {
  const [answer, setAnswer] = useState<KnownUse>();
  useEffect(() => {
    if (query === null) return;
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      const use = await fetch(withBase(`${path}?${query}`), { signal: abort.signal })
        .then((response) => (response.ok ? (response.json() as Promise<SpaceUse>) : null))
        .catch(() => null);
      if (!abort.signal.aborted) setAnswer({ asked: query, use });
    }, typingPause);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [path, query]);
  const current = query !== null && answer?.asked === query;
  return {
    known: query === null ? null : (answer?.use ?? null),
    busy: query !== null && !current,
    failed: current && !answer.use,
  };
}
