"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import { NearLink } from "@/components/ui/near-link";
import type { Permission } from "@/lib/access/permissions";

type NavLinkProps = {
  href: string;
  icon: ReactNode;
  children: ReactNode;
  /** Only this very page, not the ones below it. */
  exact?: boolean;
  /** A page below it that has a line of its own. */
  besides?: string;
  /** See NearLink. */
  whole?: boolean;
  /** Not offered to who may not do this. */
  needs?: Permission;
};

/** A line of the side menu; marked while its page, or a page below it, is open. */
export function NavLink({ href, icon, children, exact, besides, whole, needs }: NavLinkProps) {
  const path = usePathname();
  const current = path === href;
  const elsewhere = besides !== undefined && path.startsWith(besides);
  const open = current || (!exact && !elsewhere && path.startsWith(`${href}/`));
  return (
    <NearLink
      href={href}
      whole={whole}
      data-needs={needs}
      aria-current={current ? "page" : open ? "true" : undefined}
      className={cx(
        "flex min-h-8 items-center gap-2 rounded-md px-2 [&>svg]:size-4 [&>svg]:shrink-0",
        open ? "bg-sunk font-medium text-ink forced-edge" : "text-mute hover:bg-hover hover:text-ink",
      )}
    >
      {icon}
      {children}
    </NearLink>
  );
}
