"use client";

import {
  CalendarPlus,
  Copy,
  Ellipsis,
  FileDown,
  Gauge,
  Layers,
  Link2,
  List,
  type LucideIcon,
  Mails,
  Tag,
  Trash2,
} from "lucide-react";
import { useRef, useState } from "react";
import { fetchText } from "@/components/forms/fetch-text";
import { type Quick, type QuickKind, quickEdits } from "@/components/referrals/quick-edit/quick";
import { copyLater, lineCount } from "@/components/ui/copy-later";
import { IconButton } from "@/components/ui/icon-button";
import { latePart } from "@/components/ui/late-part";
import type { MenuEntry } from "@/components/ui/menu-items";
import { toast } from "@/components/ui/toast";
import type { CampaignIds } from "@/lib/access/scope";
import { formatCount } from "@/lib/format";
import { referralPaths } from "@/lib/referrals/list/search-params";

const MenuPopup = latePart("The menu", () => import("@/components/ui/menu-popup"));
const QuickEditPopup = latePart("The quick edit", () => import("@/components/referrals/quick-edit/quick-edit-popup"), {
  corner: true,
});

const quickIcons: Record<QuickKind, LucideIcon> = { validUntil: CalendarPlus, usageLimit: Gauge, attribute: Tag };

type BatchMenuProps = {
  scope: CampaignIds;
  batch: { batchId: string; name: string; codes: number };
  /** Whether the campaign says how links look. */
  hasLinks: boolean;
};

/** What can be done with a batch, behind one button: quick edits, its codes and links, its files, the whole form, deleting. */
export function BatchMenu({ scope, batch, hasLinks }: BatchMenuProps) {
  const { batchId, name, codes } = batch;
  const [menu, setMenu] = useState<HTMLButtonElement | null>(null);
  const [quick, setQuick] = useState<Quick | null>(null);
  const anchor = useRef<HTMLButtonElement>(null);
  const paths = referralPaths(scope);
  const icon = { "aria-hidden": true } as const;
  const about = {
    selection: { by: "batch", batchId } as const,
    about: formatCount(codes, "code"),
    formPath: paths.editBatch(batchId),
  };
  const copying = (what: "code" | "link"): MenuEntry => ({
    label: what === "code" ? "Copy all codes" : "Copy all links",
    icon: what === "code" ? <Copy {...icon} /> : <Link2 {...icon} />,
    onSelect: () => void copyAll(paths.export({ batch: batchId, sort: "created" }, `${what}s`), what),
  });
  const items: MenuEntry[] = [
    ...quickEdits.map(({ kind, label }): MenuEntry => {
      const Icon = quickIcons[kind];
      return { label, needs: "referrals.edit", icon: <Icon {...icon} />, onSelect: () => setQuick({ ...about, kind }) };
    }),
    { label: "Edit batch", needs: "referrals.edit", icon: <Layers {...icon} />, href: paths.editBatch(batchId) },
    "separator",
    { label: "Show codes", icon: <List {...icon} />, href: paths.list({ batch: batchId }) },
    copying("code"),
    ...(hasLinks ? [copying("link")] : []),
    {
      label: "Export batch",
      icon: <FileDown {...icon} />,
      href: paths.export({ batch: batchId }),
      download: true,
    },
    {
      label: "CSV for a mail merge",
      icon: <Mails {...icon} />,
      href: paths.export({ batch: batchId }, "merge"),
      download: true,
    },
    "separator",
    {
      label: "Delete batch",
      needs: "referrals.delete",
      icon: <Trash2 {...icon} />,
      href: paths.deleteBatch(batchId),
      tone: "danger",
    },
  ];
  return (
    <>
      <IconButton
        ref={anchor}
        label={`Actions for batch ${name || batchId}`}
        aria-haspopup="menu"
        aria-expanded="false"
        onClick={(event) => {
          const pressed = event.currentTarget;
          setMenu((now) => now ?? pressed); // an open menu is closed by its button without us
        }}
        onPointerEnter={MenuPopup.fetch}
        onFocus={MenuPopup.fetch}
      >
        <Ellipsis aria-hidden="true" className="size-4" />
      </IconButton>
      {menu && (
        <MenuPopup
          label={`Actions for batch ${name || batchId}`}
          button={menu}
          onClose={() => setMenu(null)}
          items={items}
        />
      )}
      {quick && <QuickEditPopup scope={scope} quick={quick} anchor={anchor} onClose={() => setQuick(null)} />}
    </>
  );
}

async function copyAll(path: string, what: "code" | "link") {
  try {
    const text = await copyLater(fetchText(path));
    toast.success(`Copied ${formatCount(lineCount(text), what)}`);
  } catch {
    toast.error(`The ${what}s could not be copied. Download them as a file instead.`);
  }
}
