import Link from "next/link";
import { formatCount } from "@/lib/format";
import type { Attention, overviewLinks } from "@/lib/overview/links";
import type { Tally } from "@/lib/referrals/list/queries";

type AttentionProps = {
  found: { attention: Attention; tally: Tally }[];
  links: ReturnType<typeof overviewLinks>;
};

const sign = { exact: "", about: "about ", over: "over " };

/** Codes that are worth a look soon; each line leads to them. */
export function AttentionSection({ found, links }: AttentionProps) {
  return (
    <section aria-labelledby="attention" className="flex min-w-0 flex-col gap-2">
      <h2 id="attention" className="text-lg font-semibold">
        Worth a look
      </h2>
      <ul className="border-t">
        {found.map(({ attention: { key, said, filter, sort }, tally: { count, is } }) => (
          <li key={key} className="flex min-h-9.5 items-center border-b border-hairline">
            <Link prefetch={false} href={links.codes(filter, sort)} className="link num leading-6">
              {`${sign[is]}${formatCount(count, said.one, said.many)}`}
            </Link>
          </li>
        ))}
      </ul>
      <p className="text-sm text-mute">
        Codes that can still be redeemed. Nearly used up: one redemption is left, or a fifth of them, of more than one.
      </p>
    </section>
  );
}
