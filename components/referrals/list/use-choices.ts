"use client";

import { useCallback, useRef, useState } from "react";
import { toast } from "@/components/ui/toast";
import type { AttributeDefinition } from "@/lib/attributes/rules";
import type { View } from "@/lib/views/schema";

/** What the menus of the list offer. Fetched when one is opened, so that the list itself waits for none of it. */
export interface ListChoices {
  /** Null until they are there. */
  attributes: AttributeDefinition[] | null;
  views: View[] | null;
  /** The application's zone. */
  timeZone: string | null;
  load: () => void;
}

/** @param path where they are; see `referralPaths` */
export function useChoices(path: string): ListChoices {
  const [attributes, setAttributes] = useState<AttributeDefinition[] | null>(null);
  const [views, setViews] = useState<View[] | null>(null);
  const [timeZone, setTimeZone] = useState<string | null>(null);
  const latest = useRef(0);
  const load = useCallback(async () => {
    latest.current += 1;
    const turn = latest.current;
    try {
      const answer = await fetch(path);
      if (!answer.ok) throw new Error(String(answer.status));
      const choices: { attributes: AttributeDefinition[]; views: View[]; timeZone: string } = await answer.json();
      if (turn !== latest.current) return;
      setAttributes(choices.attributes);
      setViews(choices.views);
      setTimeZone(choices.timeZone);
    } catch {
      if (turn === latest.current) toast.error("Attributes and views could not be fetched. Try again.");
    }
  }, [path]);
  return { attributes, views, timeZone, load };
}
