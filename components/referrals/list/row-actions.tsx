"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import type { CellPress } from "@/components/data-table/cells";
import { useCellCopy } from "@/components/data-table/use-cell-copy";
import { latePart } from "@/components/ui/late-part";
import type { CampaignIds } from "@/lib/access/scope";
import type { AttributeTitle } from "@/lib/attributes/titles";
import type { referralPaths } from "@/lib/referrals/list/search-params";
import type { ReferralItem } from "./rows";
import type { Sharing } from "./sharing";

const RowMenu = latePart("The row's menu", () => import("./row-menu"), { corner: true });
const AttributesPopup = latePart("The attributes", () => import("./attributes-popup"), { corner: true });

/**
 * What the controls of a row do, one way for all rows; and what they open, to be rendered beside the table.
 */
export function useRowActions(
  scope: CampaignIds,
  sharing: Sharing,
  items: ReferralItem[],
  titles: readonly AttributeTitle[],
  paths: ReturnType<typeof referralPaths>,
) {
  const router = useRouter();
  const { copy, note } = useCellCopy();
  const [opened, setOpened] = useState<{ what: "menu" | "attributes"; id: string; button: HTMLButtonElement } | null>(
    null,
  );
  /** Copies a text about a code, and says so where the code stands in the row that has this element. */
  const copyText = (text: string, label: string, within: Element) => {
    const button = within.closest("tr")?.querySelector<HTMLElement>("th button");
    if (button) copy(text, label, button);
  };

  function press({ what, row, control }: CellPress<ReferralItem>) {
    const { id, batchId } = row;
    if (what === "code") copyText(row.code, `code ${row.code}`, control);
    else if (what === "batch-id") copy(batchId ?? "", `Batch ID ${batchId}`, control);
    else if (what === "batch") router.push(paths.batch(batchId ?? ""));
    else if (control instanceof HTMLButtonElement && (what === "menu" || what === "attributes"))
      setOpened((now) => {
        if (now?.button !== control) return { what, id, button: control };
        return what === "menu" ? now : null; // an open menu is closed by its button without us
      });
  }

  const item = items.find(({ id }) => id === opened?.id);
  const close = () => setOpened(null);
  let popup: ReactNode = null;
  if (opened?.what === "menu" && item) {
    popup = (
      <RowMenu
        key={item.id}
        scope={scope}
        item={item}
        paths={paths}
        button={opened.button}
        sharing={sharing}
        onCopy={(text, label) => copyText(text, label, opened.button)}
        onClose={() => setOpened((now) => (now?.button === opened.button ? null : now))}
      />
    );
  } else if (opened && item) {
    const referralPath = paths.referral(item.id);
    popup = (
      <AttributesPopup item={item} titles={titles} referralPath={referralPath} button={opened.button} onClose={close} />
    );
  }
  const shown = (
    <>
      {note}
      {popup}
    </>
  );
  return { press, copyText, shown };
}
