"use client";

import { FileDown } from "lucide-react";
import { useState } from "react";
import { buttonClass } from "@/components/ui/button-class";
import { latePart } from "@/components/ui/late-part";
import { type ExportFormat, type ReferralList, referralPaths, wholeList } from "@/lib/referrals/list/search-params";
import { shownColumns } from "./column-names";

const MenuPopup = latePart("The menu", () => import("@/components/ui/menu-popup"));

type ExportMenuProps = {
  scope: { applicationId: number; campaignId: number };
  list: ReferralList;
  /** Which codes the file shall hold, where they are not the list's own: found when one of the files is asked for. */
  listFor?: () => Promise<ReferralList | null>;
};

const files: { label: string; format: ExportFormat; ours: boolean }[] = [
  { label: "CSV, Talon.One's columns", format: "csv", ours: false },
  { label: "CSV, columns of this list", format: "csv", ours: true },
  { label: "XLSX, Talon.One's columns", format: "xlsx", ours: false },
  { label: "XLSX, columns of this list", format: "xlsx", ours: true },
  { label: "CSV for a mail merge", format: "merge", ours: false },
];

/** The files that a list, or a selection of it, can be exported to. */
export function ExportMenu({ scope, list, listFor }: ExportMenuProps) {
  const [button, setButton] = useState<HTMLButtonElement | null>(null);
  const paths = referralPaths(scope);
  const href = (of: ReferralList, { format, ours }: (typeof files)[number]) =>
    paths.export({ ...of, columns: ours ? shownColumns(list.columns) : null }, format);
  return (
    <>
      <button
        type="button"
        aria-haspopup="menu"
        aria-expanded="false"
        className={buttonClass()}
        onClick={(event) => {
          const pressed = event.currentTarget;
          setButton((open) => open ?? pressed); // an open menu is closed by its button without us
        }}
        onPointerEnter={MenuPopup.fetch}
        onFocus={MenuPopup.fetch}
      >
        <FileDown aria-hidden="true" className="size-4 text-mute" />
        {listFor ? "Export selected" : "Export"}
      </button>
      {button && (
        <MenuPopup
          label={listFor ? "Export selected" : "Export"}
          button={button}
          onClose={() => setButton(null)}
          items={files.map((file) =>
            listFor
              ? {
                  label: file.label,
                  onSelect: async () => {
                    const chosen = await listFor();
                    if (chosen) save(href(chosen, file));
                  },
                }
              : { label: file.label, href: href({ ...list, page: wholeList.page }, file), download: true },
          )}
        />
      )}
    </>
  );
}

/** Has the browser save what an address answers. */
function save(address: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = "";
  link.click();
}
