import { useParams } from "next/navigation";
import { useEffect, useState } from "react";
import { withBase } from "@/lib/base-path";
import type { ListedBatch } from "@/lib/batches/list";
import { formatCount } from "@/lib/format";
import { referralPaths } from "@/lib/referrals/list/search-params";

type Found = Pick<ListedBatch, "batchId" | "name" | "codes">;

const typingPause = 150;

/** The batches of the campaign whose name, note or ID has a text, newest first; a press chooses one. */
export function BatchFinder({ text, onChoose }: { text: string; onChoose: (batchId: string) => void }) {
  const paths = referralPaths(useParams<{ applicationId: string; campaignId: string }>());
  const [found, setFound] = useState<Found[] | null>(null);
  const address = `${paths.findBatches}?${new URLSearchParams({ q: text.trim() })}`;
  useEffect(() => {
    const replaced = new AbortController();
    const timer = setTimeout(async () => {
      const batches = await fetch(withBase(address), { signal: replaced.signal })
        .then((answer) => (answer.ok ? (answer.json() as Promise<Found[]>) : null))
        .catch(() => null); // nothing is said then: the whole ID can be typed all the same
      if (!replaced.signal.aborted) setFound(batches);
    }, typingPause);
    return () => {
      clearTimeout(timer);
      replaced.abort();
    };
  }, [address]);
  if (!found) return null;
  if (found.length === 0) return <p className="text-sm text-mute">No batch of this campaign is called so.</p>;
  return (
    <ul aria-label="Batches" className="-mx-1.5 flex max-h-56 flex-col overflow-y-auto">
      {found.map(({ batchId, name, codes }) => (
        <li key={batchId}>
          <button
            type="button"
            onClick={() => onChoose(batchId)}
            className="flex min-h-7.5 w-full flex-col rounded-sm px-2 py-1 text-left hover:bg-sunk focus-visible:-outline-offset-2"
          >
            {name && <span className="[overflow-wrap:anywhere]">{name}</span>}
            <span className="num text-sm text-mute">
              <span className="mono">{batchId}</span>, {formatCount(codes, "code")}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
