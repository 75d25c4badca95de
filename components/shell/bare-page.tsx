import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

/** A page that belongs to no application, so it has no menu: header and body one below the other. @param narrow as wide as its one form */
export function BarePage({ narrow, children }: { narrow?: boolean; children: ReactNode }) {
  return (
    <main className={cx("mx-auto flex w-full min-w-0 flex-col py-4 sm:py-10", narrow ? "max-w-[27rem]" : "max-w-3xl")}>
      {children}
    </main>
  );
}
