"use client";

import {
  CalendarPlus,
  Copy,
  FileDown,
  Gauge,
  Layers,
  Link2,
  MessageSquareText,
  Pencil,
  ScanText,
  Tag,
  Trash2,
} from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import { fetchText } from "@/components/forms/fetch-text";
import { type Quick, type QuickKind, quickEdits } from "@/components/referrals/quick-edit/quick";
import { copyLater } from "@/components/ui/copy-later";
import { latePart } from "@/components/ui/late-part";
import type { MenuEntry } from "@/components/ui/menu-items";
import MenuPopup from "@/components/ui/menu-popup";
import { toast } from "@/components/ui/toast";
import type { CampaignIds } from "@/lib/access/scope";
import { linkOf } from "@/lib/campaigns/links";
import type { referralPaths } from "@/lib/referrals/list/search-params";
import type { ReferralItem } from "./rows";
import type { Sharing } from "./sharing";

const QuickEditPopup = latePart("The quick edit", () => import("@/components/referrals/quick-edit/quick-edit-popup"), {
  corner: true,
});

type RowMenuProps = {
  scope: CampaignIds;
  item: ReferralItem;
  paths: ReturnType<typeof referralPaths>;
  button: HTMLButtonElement;
  sharing: Sharing;
  onCopy: (text: string, label: string) => void;
  onClose: () => void;
};

/** What can be done with one code or its batch; a quick edit takes the menu's place. */
export default function RowMenu({ scope, item, paths, button, sharing, onCopy, onClose }: RowMenuProps) {
  const [quick, setQuick] = useState<Quick | null>(null);
  const stays = useRef(false);
  const anchor = useRef<HTMLElement>(button);
  if (quick) return <QuickEditPopup scope={scope} quick={quick} anchor={anchor} onClose={onClose} />;
  const open = (wanted: Quick) => {
    stays.current = true; // the menu closes after this
    setQuick(wanted);
  };
  return (
    <MenuPopup
      label={`Actions for ${item.code}`}
      items={rowMenu(item, paths, sharing, onCopy, open)}
      button={button}
      onClose={() => {
        if (!stays.current) onClose();
      }}
    />
  );
}

/** The text has whole IDs and dates, which rows shorten: the server makes it. */
async function copyShareText(path: string, code: string) {
  try {
    await copyLater(fetchText(path));
    toast.success(`Copied the share text of ${code}`);
  } catch {
    toast.error(`The share text of ${code} could not be copied. It stands on the code's own page.`);
  }
}

const icons: Record<QuickKind, ReactNode> = {
  validUntil: <CalendarPlus aria-hidden="true" />,
  usageLimit: <Gauge aria-hidden="true" />,
  attribute: <Tag aria-hidden="true" />,
};

function rowMenu(
  { id, batchId, code }: ReferralItem,
  paths: ReturnType<typeof referralPaths>,
  { linkPattern, hasText }: Sharing,
  copy: (text: string, label: string) => void,
  open: (quick: Quick) => void,
): MenuEntry[] {
  const quickly = (about: Omit<Quick, "kind">, named = (label: string) => label): MenuEntry[] =>
    quickEdits.map(({ kind, label }) => ({
      label: named(label),
      needs: "referrals.edit",
      icon: icons[kind],
      onSelect: () => open({ ...about, kind }),
    }));
  const batch: MenuEntry[] = batchId
    ? [
        "separator",
        ...quickly(
          { selection: { by: "batch", batchId }, about: `batch ${batchId}`, formPath: paths.editBatch(batchId) },
          (label) => `Batch: ${label.charAt(0).toLowerCase()}${label.slice(1)}`,
        ),
        {
          label: "Edit batch",
          needs: "referrals.edit",
          icon: <Layers aria-hidden="true" />,
          href: paths.editBatch(batchId),
        },
        {
          label: "Export batch",
          icon: <FileDown aria-hidden="true" />,
          href: paths.export({ batch: batchId }),
          download: true,
        },
      ]
    : [];
  const link: MenuEntry[] = linkPattern
    ? [
        {
          label: "Copy link",
          icon: <Link2 aria-hidden="true" />,
          onSelect: () => copy(linkOf(linkPattern, code), `link of ${code}`),
        },
      ]
    : [];
  const text: MenuEntry[] = hasText
    ? [
        {
          label: "Copy share text",
          icon: <MessageSquareText aria-hidden="true" />,
          onSelect: () => void copyShareText(paths.shareText(id), code),
        },
      ]
    : [];
  return [
    { label: "Copy code", icon: <Copy aria-hidden="true" />, onSelect: () => copy(code, `code ${code}`) },
    ...link,
    ...text,
    { label: "Open referral", icon: <ScanText aria-hidden="true" />, href: paths.referral(id) },
    { label: "Edit referral", needs: "referrals.edit", icon: <Pencil aria-hidden="true" />, href: paths.edit(id) },
    ...quickly({ selection: { by: "ids", ids: [id] }, about: code, formPath: paths.edit(id) }),
    ...batch,
    "separator",
    {
      label: "Delete",
      needs: "referrals.delete",
      icon: <Trash2 aria-hidden="true" />,
      href: paths.delete(id),
      tone: "danger",
    },
  ];
}
