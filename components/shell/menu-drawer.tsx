"use client";

import { Menu } from "lucide-react";
import { usePathname } from "next/navigation";
import { type ReactNode, useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";

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
        className="size-9"
      >
        <Menu aria-hidden="true" className="size-5" />
      </IconButton>
      <Dialog placement="side" title="Menu" open={open} onClose={() => setOpenOn(null)}>
        {children}
      </Dialog>
    </>
  );
}
