"use client";

import { ChevronDown } from "lucide-react";
import { useRef, useState } from "react";
import { buttonClass } from "@/components/ui/button-class";
import { latePart } from "@/components/ui/late-part";
import type { CampaignIds } from "@/lib/access/scope";
import { type Quick, type QuickKind, quickEdits } from "./quick";

const MenuPopup = latePart("The menu", () => import("@/components/ui/menu-popup"));
const QuickEditPopup = latePart("The quick edit", () => import("./quick-edit-popup"), { corner: true });

type About = Omit<Quick, "kind">;
type QuickEditMenuProps = {
  scope: CampaignIds;
  /** The codes: known, or found when an edit of them is asked for; null where they are gone. */
  about: About | (() => Promise<About | null>);
};

/** The quick edits of some codes, behind one button. */
export function QuickEditMenu({ scope, about }: QuickEditMenuProps) {
  const anchor = useRef<HTMLButtonElement>(null);
  const [menu, setMenu] = useState<HTMLButtonElement | null>(null);
  const [quick, setQuick] = useState<Quick | null>(null);
  async function open(kind: QuickKind) {
    const found = typeof about === "function" ? await about() : about;
    if (found) setQuick({ ...found, kind });
  }
  return (
    <>
      <button
        ref={anchor}
        type="button"
        data-needs="referrals.edit"
        aria-haspopup="menu"
        aria-expanded="false"
        className={buttonClass()}
        onClick={(event) => {
          const pressed = event.currentTarget;
          setMenu((now) => now ?? pressed); // an open menu is closed by its button without us
        }}
        onPointerEnter={MenuPopup.fetch}
        onFocus={MenuPopup.fetch}
      >
        Quick edit
        <ChevronDown aria-hidden="true" className="size-3.5 text-mute" />
      </button>
      {menu && (
        <MenuPopup
          label="Quick edit"
          button={menu}
          onClose={() => setMenu(null)}
          items={quickEdits.map(({ kind, label }) => ({ label, onSelect: () => void open(kind) }))}
        />
      )}
      {quick && <QuickEditPopup scope={scope} quick={quick} anchor={anchor} onClose={() => setQuick(null)} />}
    </>
  );
}
