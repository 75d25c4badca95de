"use client";

import { useEffect, useState } from "react";
import { sendFile } from "@/components/forms/send-file";
import { unreachable } from "@/components/forms/unreachable";
import { Button } from "@/components/ui/button";
import { formatCount } from "@/lib/format";
import { referralPaths } from "@/lib/referrals/list/search-params";
import type { Choice } from "@/lib/selections/schema";

type CodesInTextProps = {
  scope: { applicationId: number; campaignId: number };
  text: string;
  /** Narrows the list to what was found. */
  onShow: (selectionId: string) => void;
};

/** Where a text of several words matches nothing as it is: looks for the codes in it, and offers to show them. */
export default function CodesInText({ scope: { applicationId, campaignId }, text, onShow }: CodesInTextProps) {
  const [choice, setChoice] = useState<Choice | null>(null);
  useEffect(() => {
    let left = false;
    // a text that is being typed is not looked through at every letter
    const timer = setTimeout(async () => {
      const path = referralPaths({ applicationId, campaignId }).pasted;
      const result = await sendFile<Choice>(path, [text], "text/plain").catch(unreachable);
      if (!left && result.ok) setChoice(result.data);
    }, 300);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [applicationId, campaignId, text]);
  const { selectionId, found } = choice ?? { selectionId: null, found: 0 };
  return (
    <div role="status" className="pt-2">
      {selectionId !== null && (
        <p className="flex flex-wrap items-center justify-center gap-3">
          <span className="font-medium text-ink">{`${formatCount(found, "code")} found in this text`}</span>
          <Button variant="primary" onClick={() => onShow(selectionId)}>{`Show ${formatCount(found, "code")}`}</Button>
        </p>
      )}
    </div>
  );
}
