"use client";

import { useCallback, useRef, useState } from "react";
import { toast } from "@/components/ui/toast";
import type { AttributeDefinition } from "@/lib/attributes/rules";

/** What the menus of the list offer. Fetched when one is opened, so that the list itself waits for none of it. */
export interface ListChoices {
  /** Null until they are there. */
  attributes: AttributeDefinition[] | null;
  load: () => void;
}

/** @param path where they are; see `referralPaths` */
export function useChoices(path: string): ListChoices {
  const [attributes, setAttributes] = useState<AttributeDefinition[] | null>(null);
  const underway = useRef(false);
  const load = useCallback(async () => {
    if (underway.current) return;
    underway.current = true;
    try {
      const answer = await fetch(path);
      if (!answer.ok) throw new Error(String(answer.status));
      const choices: { attributes: AttributeDefinition[] } = await answer.json();
      setAttributes(choices.attributes);
    } catch {
      toast.error("The attributes could not be fetched. Try again.");
    } finally {
      underway.current = false;
    }
  }, [path]);
  return { attributes, load };
}
