"use client";

import Link from "next/link";
import { type ComponentProps, useState } from "react";

export type NearLinkProps = Omit<ComponentProps<typeof Link>, "prefetch"> & {
  /** `false` for what must be asked for once only, such as a file. */
  prefetch?: false;
  /** Fetches the page with its data, not only its frame: for pages that are cheap to make and must be there at once. */
  whole?: boolean;
};

/** A link whose page is fetched when one is about to take it, by pointer or focus, and not because it is in sight. */
export function NearLink({ prefetch, whole, ...props }: NearLinkProps) {
  const [near, setNear] = useState(false);
  return (
    <Link
      {...props}
      prefetch={near && prefetch !== false ? (whole ? true : null) : false}
      onPointerEnter={() => setNear(true)}
      onFocus={() => setNear(true)}
    />
  );
}
