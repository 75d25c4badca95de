"use client";

import { Copy, FileDown, Layers, Pencil, ScanText, Trash2 } from "lucide-react";
import type { MenuEntry } from "@/components/ui/menu-items";
import MenuPopup from "@/components/ui/menu-popup";
import type { referralPaths } from "@/lib/referrals/list/search-params";
import type { ReferralItem } from "./rows";

type RowMenuProps = {
  item: ReferralItem;
  paths: ReturnType<typeof referralPaths>;
  button: HTMLButtonElement;
  onCopy: () => void;
  onClose: () => void;
};

/** What can be done with one code or its batch. */
export default function RowMenu({ item, paths, button, onCopy, onClose }: RowMenuProps) {
  return (
    <MenuPopup
      label={`Actions for ${item.code}`}
      items={rowMenu(item, paths, onCopy)}
      button={button}
      onClose={onClose}
    />
  );
}

function rowMenu(item: ReferralItem, paths: ReturnType<typeof referralPaths>, copy: () => void): MenuEntry[] {
  const { id, batchId } = item;
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
  return [
    { label: "Copy code", icon: <Copy aria-hidden="true" />, onSelect: copy },
    { label: "Open referral", icon: <ScanText aria-hidden="true" />, href: paths.referral(id) },
    { label: "Edit referral", icon: <Pencil aria-hidden="true" />, href: paths.edit(id) },
    ...batch,
    "separator",
    { label: "Delete", icon: <Trash2 aria-hidden="true" />, href: paths.delete(id), tone: "danger" },
  ];
}
