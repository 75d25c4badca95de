"use client";

import { Menu } from "lucide-react";
import { usePathname } from "next/navigation";
import { type ReactNode, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { latePart } from "@/components/ui/late-part";

const Dialog = latePart("The menu", async () => ({ default: (await import("@/components/ui/dialog")).Dialog }));

/** The side menu on narrow screens: behind a button, and gone again once a page was chosen. */
export function MenuDrawer({ children }: { children: ReactNode }) {
  const path = usePathname();
  const [openOn, setOpenOn] = useState<string | null>(null);
  const open = openOn === path;
  return (
    <>
      <IconButton
        label="Menu"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpenOn(path)}
        onPointerEnter={Dialog.fetch}
        onFocus={Dialog.fetch}
        className="size-9"
      >
        <Menu aria-hidden="true" className="size-5" />
      </IconButton>
      {openOn !== null && (
        <Dialog placement="side" title="Menu" open={open} onClose={() => setOpenOn(null)}>
          {children}
        </Dialog>
      )}
    </>
  );
}
