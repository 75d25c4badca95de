"use client";

import { Menu } from "lucide-react";
import { usePathname } from "next/navigation";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";

const loadDialog = () => import("@/components/ui/dialog");
const Dialog = lazy(() => loadDialog().then(({ Dialog }) => ({ default: Dialog })));

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
        onPointerEnter={loadDialog}
        onFocus={loadDialog}
        className="size-9"
      >
        <Menu aria-hidden="true" className="size-5" />
      </IconButton>
      {openOn !== null && (
        <Suspense fallback={null}>
          <Dialog placement="side" title="Menu" open={open} onClose={() => setOpenOn(null)}>
            {children}
          </Dialog>
        </Suspense>
      )}
    </>
  );
}
