import Link from "next/link";
import { Banner } from "@/components/ui/banner";
import { Skeleton } from "@/components/ui/skeleton";
import type { ReferralCounts, StatusCounts } from "@/lib/codes/counts";
import { formatCount, formatNumber } from "@/lib/format";

const groups = [
  { key: "active", word: "Active", fill: "bg-accent" },
  { key: "scheduled", word: "Scheduled", fill: "bg-accent/45" },
  { key: "usedUp", word: "Used up", fill: "bg-warn" },
  { key: "expired", word: "Expired", fill: "bg-edge" },
] as const;

type FiguresProps = {
  codes: number;
  counts?: StatusCounts & Partial<ReferralCounts>;
  /** Where the codes behind each figure are, where that is told. */
  links?: Record<"codes" | keyof StatusCounts, string>;
};

/** How many codes there are, how often they were redeemed if that is told here, and what state they are in. */
export function Figures({ codes, counts, links }: FiguresProps) {
  return (
    <section aria-label="Figures" aria-busy={!counts} className="flex max-w-3xl flex-col gap-3">
      <dl className="num flex flex-wrap gap-x-8 gap-y-3">
        <Figure word={codes === 1 ? "Code" : "Codes"} value={codes} href={links?.codes} />
        {!links && <Figure word="Redemptions" value={counts?.redemptions} />}
        {groups.map(({ key, word, fill }) => (
          <Figure key={key} word={word} value={counts?.[key]} fill={fill} href={links?.[key]} />
        ))}
      </dl>
      <div aria-hidden="true" className="flex h-1.5 gap-0.5 overflow-hidden rounded-full bg-sunk forced-fill">
        {counts &&
          groups
            .filter(({ key }) => counts[key] > 0)
            .map(({ key, fill }) => <span key={key} className={fill} style={{ flexGrow: counts[key] }} />)}
      </div>
    </section>
  );
}

/** In their place where counting failed. */
export function NoFigures({ codes }: { codes: number }) {
  return (
    <Banner tone="warning">
      {`The figures of ${formatCount(codes, "code")} could not be counted. Load the page again to try once more.`}
    </Banner>
  );
}

type FigureProps = { word: string; value?: number; fill?: string; href?: string };

function Figure({ word, value, fill, href }: FigureProps) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="flex items-center gap-1.5 text-sm text-mute">
        {fill && <span aria-hidden="true" className={`size-2 rounded-full forced-fill ${fill}`} />}
        {word}
      </dt>
      <dd className="text-2xl font-semibold tracking-tight">
        {value === undefined ? (
          <Skeleton className="my-1.5 h-4 w-12" />
        ) : href === undefined ? (
          formatNumber(value)
        ) : (
          <Link prefetch={false} href={href} className="underline-offset-4 hover:underline">
            {formatNumber(value)}
          </Link>
        )}
      </dd>
    </div>
  );
}
