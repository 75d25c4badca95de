"use client";

import { type ReactNode, useState } from "react";
import { shownColumns } from "@/components/referrals/list/column-names";
import { buttonClass } from "@/components/ui/button-class";
import { latePart } from "@/components/ui/late-part";
import type { ReferralList } from "@/lib/referrals/list/search-params";

const ExportDialog = latePart("The export", () => import("./export-dialog"), { corner: true });

type ExportButtonProps = {
  scope: { applicationId: number; campaignId: number };
  list: ReferralList;
  /** Whether the campaign says how links of codes look. */
  hasLinks: boolean;
  /** Which codes the file shall hold, where they are not the list's own: found when the button is pressed. */
  listFor?: () => Promise<ReferralList | null>;
  /** What stands on the button; drawn by the caller, so that the list need not load its icon. */
  children: ReactNode;
};

/** Opens what is asked before a list, or a selection of it, is downloaded; until then it costs a plain button. */
export function ExportButton({ scope, list, hasLinks, listFor, children }: ExportButtonProps) {
  const [asked, setAsked] = useState<ReferralList | null>(null);
  const [open, setOpen] = useState(false);
  async function show() {
    const wanted = listFor ? await listFor() : list;
    if (!wanted) return;
    setAsked(wanted);
    setOpen(true);
  }
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        className={buttonClass()}
        onClick={show}
        onPointerEnter={ExportDialog.fetch}
        onFocus={ExportDialog.fetch}
      >
        {children}
      </button>
      {asked && (
        <ExportDialog
          scope={scope}
          list={asked}
          columns={shownColumns(list.columns)}
          hasLinks={hasLinks}
          open={open}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
