"use client";

import { useCallback, useRef, useState } from "react";
import { toast } from "@/components/ui/toast";
import type { AttributeDefinition } from "@/lib/attributes/rules";
import { withBase } from "@/lib/base-path";
import type { View } from "@/lib/views/schema";

/** What the menus of the list offer. Fetched when one is opened, so that the list itself waits for none of it. Null until they are there. */
interface Choices {
  attributes: AttributeDefinition[] | null;
  views: View[] | null;
  /** The application's zone. */
  timeZone: string | null;
}

export interface ListChoices extends Choices {
  load: () => void;
}

const none: Choices = { attributes: null, views: null, timeZone: null };

/** @param path where they are; see `referralPaths` */
export function useChoices(path: string): ListChoices {
  const [choices, setChoices] = useState(none);
  const latest = useRef(0);
  const load = useCallback(async () => {
    latest.current += 1;
    const turn = latest.current;
    try {
      const answer = await fetch(withBase(path));
      if (!answer.ok) throw new Error(String(answer.status));
      const told: Choices = await answer.json();
      if (turn === latest.current) setChoices(told);
    } catch {
      if (turn === latest.current) toast.error("Attributes and views could not be fetched. Try again.");
    }
  }, [path]);
  return { ...choices, load };
}
