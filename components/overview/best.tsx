import Link from "next/link";
import { cx } from "@/components/ui/cx";
import { Table } from "@/components/ui/table";
import { formatCount, formatDateTime, formatNumber } from "@/lib/format";
import type { Best, Bests } from "@/lib/overview/best";
import { bestOf, type overviewLinks } from "@/lib/overview/links";

type BestProps = {
  best: Bests;
  /** The end of the range, exclusive. */
  to: Date;
  links: ReturnType<typeof overviewLinks>;
  zone: string;
};

/** The advocates and batches whose codes were redeemed most often in a range; each figure leads to those redemptions. */
export function BestSections({ best: { since: from, isWhole, advocates, batches }, to, links, zone }: BestProps) {
  const note = isWhole
    ? null
    : `Told by the newest ${formatCount(bestOf, "redemption")} of this range or a few less: those since ${formatDateTime(from, zone)}.`;
  return (
    <>
      <BestTable
        title="Best advocates"
        column="Advocate"
        rows={advocates}
        note={note}
        nameHref={links.advocate}
        href={(advocate) => links.redemptions({ from, to, advocate })}
      />
      <BestTable
        title="Best batches"
        column="Batch"
        rows={batches}
        note={note}
        mono
        nameHref={links.batch}
        href={(batch) => links.redemptions({ from, to, batch })}
      />
    </>
  );
}

type BestTableProps = {
  title: string;
  column: string;
  rows: Best[];
  note: string | null;
  mono?: boolean;
  nameHref: (id: string) => string;
  href: (id: string) => string;
};

function BestTable({ title, column, rows, note, mono, nameHref, href }: BestTableProps) {
  const heading = title.toLowerCase().replace(" ", "-");
  return (
    <section aria-labelledby={heading} className="flex min-w-0 flex-col gap-2">
      <h2 id={heading} className="text-lg font-semibold">
        {title}
      </h2>
      {rows.length === 0 ? (
        <p className="text-mute">No redemptions in this time.</p>
      ) : (
        <Table caption={`${title}, by redemptions`} className="border-t">
          <thead>
            <tr>
              <th scope="col">{column}</th>
              <th scope="col" className="end">
                Redemptions
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, name, redemptions }) => (
              <tr key={id}>
                <th scope="row" className="font-normal">
                  <Link
                    prefetch={false}
                    href={nameHref(id)}
                    title={id}
                    className={cx("link block max-w-64 truncate leading-6", mono && name === "" && "mono")}
                  >
                    {name || id}
                  </Link>
                </th>
                <td className="num end">
                  <Link prefetch={false} href={href(id)} className="link">
                    {formatNumber(redemptions)}
                  </Link>
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {note && <p className="text-sm text-mute">{note}</p>}
    </section>
  );
}
