"use client";

import { Copy, Ellipsis, FileDown, Layers, Pencil, ScanText, Trash2 } from "lucide-react";
import { MenuButton, type MenuEntry } from "@/components/ui/menu-button";
import type { referralPaths } from "@/lib/referrals/search-params";
import { codeCellId } from "./cells";
import type { ReferralItem } from "./rows";

type RowMenuProps = { item: ReferralItem; paths: ReturnType<typeof referralPaths> };

/** What can be done with one code or its batch. */
export function RowMenu({ item: { id, code, batchId }, paths }: RowMenuProps) {
  const batch: MenuEntry[] = batchId
    ? [
        "separator",
        { label: "Edit batch", icon: <Layers aria-hidden="true" />, href: paths.editBatch(batchId) },
        {
          label: "Export batch",
          icon: <FileDown aria-hidden="true" />,
          href: paths.export({ batch: batchId }),
          download: true,
        },
      ]
    : [];
  const items: MenuEntry[] = [
    { label: "Copy code", icon: <Copy aria-hidden="true" />, onSelect: () => copyButtonOf(id)?.click() },
    { label: "Open referral", icon: <ScanText aria-hidden="true" />, href: paths.referral(id) },
    { label: "Edit referral", icon: <Pencil aria-hidden="true" />, href: paths.edit(id) },
    ...batch,
    "separator",
    { label: "Delete", icon: <Trash2 aria-hidden="true" />, href: paths.delete(id), tone: "danger" },
  ];
  return (
    <MenuButton label={`Actions for ${code}`} icon={<Ellipsis aria-hidden="true" className="size-4" />} items={items} />
  );
}

/** The menu copies by the row's own button, so there is one way to copy: with its "Copied" and its way out. */
function copyButtonOf(referralId: string): HTMLButtonElement | null {
  return document.getElementById(codeCellId(referralId))?.querySelector("button") ?? null;
}
