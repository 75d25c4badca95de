"use client";

import { Layers } from "lucide-react";
import Link from "next/link";
import { StatusTag } from "@/components/referrals/status-tag";
import { CopyButton } from "@/components/ui/copy-button";
import { cx } from "@/components/ui/cx";
import type { Moment, ReferralItem } from "./rows";

const numbers = new Intl.NumberFormat("en-GB");

/** Where a row's copy button is, for its menu. */
export function codeCellId(referralId: string): string {
  return `code-${referralId}`;
}

/** The code, which copies itself, and its status where that is not plain active. */
export function CodeCell({ item }: { item: ReferralItem }) {
  return (
    <span
      id={codeCellId(item.id)}
      title={item.code.length > 20 ? item.code : undefined}
      className="flex items-center gap-x-1.5 max-sm:flex-wrap"
    >
      <CopyButton value={item.code} label={`code ${item.code}`} />
      {item.status !== "active" && <StatusTag status={item.status} />}
    </span>
  );
}

/** "3 / 10" with a bar of the share that is used; unlimited in words for those who hear it. */
export function RedemptionsCell({ used, limit }: { used: number; limit: number }) {
  const full = limit > 0 && used >= limit;
  return (
    <span className="num flex items-center gap-2">
      <span aria-hidden="true">
        {numbers.format(used)} / {limit === 0 ? "∞" : numbers.format(limit)}
      </span>
      <span className="sr-only">
        {numbers.format(used)} of {limit === 0 ? "unlimited" : numbers.format(limit)}
      </span>
      {limit > 0 && limit <= 9_999 && (
        <span aria-hidden="true" className="h-[3px] w-8 overflow-hidden rounded-full bg-line forced-edge">
          <span
            className={cx("block h-full rounded-full", full ? "bg-warn" : "bg-edge")}
            style={{ width: `${(100 * used) / limit}%` }}
          />
        </span>
      )}
    </span>
  );
}

/** The Batch ID, which copies itself, and the way to its batch. */
export function BatchCell({ batchId, href }: { batchId: string; href: string }) {
  return (
    <span className="flex items-center gap-0.5">
      <CopyButton value={batchId} label={`Batch ID ${batchId}`} />
      <Link
        href={href}
        prefetch={false}
        aria-label={`Open batch ${batchId}`}
        title="Open batch"
        className="inline-grid size-6 shrink-0 place-items-center rounded-sm text-faint hover:bg-sunk hover:text-ink"
      >
        <Layers aria-hidden="true" className="size-3.5" />
      </Link>
    </span>
  );
}

/** A date in the application's zone; nothing where it is not set. */
export function MomentCell({ moment }: { moment: Moment | null }) {
  if (!moment) return null;
  return (
    <time dateTime={moment.iso} title={moment.hint} className="num block text-sm leading-4 whitespace-normal">
      {moment.text}
    </time>
  );
}
