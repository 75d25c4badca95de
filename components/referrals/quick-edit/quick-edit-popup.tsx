"use client";

import { type RefObject, useEffect } from "react";
import { useChoices } from "@/components/referrals/list/use-choices";
import PopoverPopup from "@/components/ui/popover-popup";
import { Spinner } from "@/components/ui/spinner";
import type { CampaignIds } from "@/lib/access/scope";
import { referralPaths } from "@/lib/referrals/list/search-params";
import { type Quick, quickEdits } from "./quick";
import { QuickEdit } from "./quick-edit";

type Props = { scope: CampaignIds; quick: Quick; anchor: RefObject<HTMLElement | null>; onClose: () => void };

/** A small panel beside the control it was opened by. It asks for attributes and zone itself. */
export default function QuickEditPopup({ scope, quick, anchor, onClose }: Props) {
  const { attributes, timeZone, load } = useChoices(referralPaths(scope).choices);
  useEffect(() => void load(), [load]);
  const label = quickEdits.find(({ kind }) => kind === quick.kind)?.label.replace("…", "");
  return (
    <PopoverPopup open onClose={onClose} anchor={anchor} title={`${label}: ${quick.about}`}>
      {attributes && timeZone ? (
        <QuickEdit scope={scope} quick={quick} attributes={attributes} zone={timeZone} onDone={onClose} />
      ) : (
        <div className="grid h-32 w-80 place-items-center">
          <Spinner />
        </div>
      )}
    </PopoverPopup>
  );
}
