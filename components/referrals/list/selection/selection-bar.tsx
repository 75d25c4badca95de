"use client";

import { Copy, FileDown, Link2, Pencil, Trash2, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { Suspense, use, useEffect, useState } from "react";
import { fetchText } from "@/components/forms/fetch-text";
import { unreachable } from "@/components/forms/unreachable";
import { ExportButton } from "@/components/referrals/export/export-button";
import { QuickEditMenu } from "@/components/referrals/quick-edit/quick-edit-menu";
import { Button } from "@/components/ui/button";
import { copyLater, lineCount } from "@/components/ui/copy-later";
import { IconButton } from "@/components/ui/icon-button";
import { toast } from "@/components/ui/toast";
import { withBase } from "@/lib/base-path";
import { linkOf } from "@/lib/campaigns/links";
import { formatCount, formatNumber } from "@/lib/format";
import type { ReferralFilter } from "@/lib/referrals/list/filter/schema";
import { narrows } from "@/lib/referrals/list/filter/terms";
import { type ReferralList, type referralPaths, wholeList } from "@/lib/referrals/list/search-params";
import { chooseReferralsAction } from "@/lib/selections/actions";
import type { Chosen } from "@/lib/selections/schema";
import type { ReferralItem } from "../rows";
import { learned, settled } from "./frozen";
import { countFrozen, type FrozenSelection, type ListSelection } from "./use-selection";

type SelectionBarProps = {
  scope: { applicationId: number; campaignId: number };
  paths: ReturnType<typeof referralPaths>;
  list: ReferralList;
  /** What the list is narrowed to; null where its address cannot be read. */
  filter: ReferralFilter | null;
  /** How many codes match, as text; counted after the rows. */
  matching: Promise<string | null>;
  /** The rows of the page. */
  items: ReferralItem[];
  selection: ListSelection;
  timeZone: string;
  /** How links of codes look; empty where there are none. */
  linkPattern: string;
};

/** What of the chosen codes is copied, one a line. */
type Copied = "codes" | "links";

const tickedMax = 10_000;

/** Stands in the toolbar's place while codes are chosen: how many they are, and what can be done with them. */
export default function SelectionBar({
  scope,
  paths,
  list,
  filter,
  matching,
  items,
  selection,
  timeZone,
  linkPattern,
}: SelectionBarProps) {
  const { ticked, frozen, freeze, change, clear } = selection;
  const router = useRouter();
  const [pending, setPending] = useState<string | null>(null);
  const { count, added, leftOut } = frozen ? countFrozen(frozen) : { count: ticked.size, added: 0, leftOut: 0 };
  const besides = [leftOut > 0 && `${formatNumber(leftOut)} left out`, added > 0 && `${formatNumber(added)} added`];
  const asked = frozen ? items.flatMap(({ id }) => (frozen.rows?.has(id) ? [] : id)).join() : "";
  useEffect(() => {
    if (!frozen || asked === "") return;
    const leaving = new AbortController();
    const rows = asked.split(",");
    fetch(withBase(`${paths.chosen(frozen.id)}?ids=${asked}`), { signal: leaving.signal })
      .then(async (answer) => answer.ok && change(learned(frozen, rows, (await answer.json()).ids)))
      .catch(() => undefined); // the rows stay as they were guessed
    return () => leaving.abort();
  }, [frozen, asked, paths, change]);

  /** Has the server keep what is chosen, and says which set that is. */
  async function keep(chosen: Chosen): Promise<FrozenSelection | null> {
    const result = await chooseReferralsAction({ scope, chosen }).catch(unreachable);
    if (!result.ok) {
      toast.error(Object.values(result.fields ?? {})[0] ?? result.message);
      return null;
    }
    const { selectionId, found, at } = result.data;
    if (selectionId === null || at === null) {
      toast.error("These codes are gone: someone deleted them.");
      return null;
    }
    return { id: selectionId, count: found, at };
  }

  async function during<T>(what: string, run: () => Promise<T>): Promise<T> {
    setPending(what);
    try {
      return await run();
    } finally {
      setPending(null);
    }
  }

  const chosenId = (what: string) =>
    during(what, async () => {
      if (frozen) return frozenId(frozen);
      if (ticked.size <= tickedMax) return (await keep({ by: "ids", ids: [...ticked.keys()] }))?.id ?? null;
      toast.error("More than 10,000 codes cannot be ticked one by one. Filter the list and select all that match.");
      return null;
    });

  async function frozenId(set: FrozenSelection): Promise<string | null> {
    const changes = [...(set.changes ?? [])];
    if (changes.length === 0) return set.id;
    if (set.changed) return set.changed;
    const [added, without] = [true, false].map((wanted) => changes.filter(([, on]) => on === wanted).map(([id]) => id));
    const kept = await keep({ by: "selection", selectionId: set.id, without: without ?? [], with: added ?? [] });
    if (kept) change(settled(set, kept.id));
    return kept?.id ?? null;
  }

  async function open(what: "edit" | "delete") {
    const id = await chosenId(what);
    if (id !== null) router.push(what === "edit" ? paths.editSelection(id) : paths.deleteSelection(id));
  }

  async function selectAll() {
    if (!filter) return;
    const kept = await during("all", () => keep({ by: "filter", filter, all: !narrows(filter) }));
    if (kept) freeze(kept);
  }

  async function textOf(set: FrozenSelection, what: Copied): Promise<string> {
    const id = await frozenId(set);
    if (id === null) throw new Error("The server did not keep what is chosen.");
    return fetchText(paths.export({ ...wholeList, selection: id }, what));
  }

  async function copy(what: Copied) {
    const ofCode = (code: string) => (what === "links" ? linkOf(linkPattern, code) : code);
    const text = frozen ? textOf(frozen, what) : Promise.resolve([...ticked.values()].map(ofCode).join("\n"));
    try {
      const copied = lineCount(await during(what, () => copyLater(text))); // fewer where some are deleted
      toast.success(`Copied ${formatCount(copied, what === "links" ? "link" : "code")}`);
    } catch {
      const fetched = await text.catch(() => null);
      toast.error(
        fetched === null
          ? `The ${what} could not be fetched. Try again.`
          : `The browser did not allow copying. Export the ${what} instead.`,
      );
    }
  }

  const icon = (Icon: typeof Copy) => <Icon aria-hidden="true" className="size-4" />;
  return (
    <section
      aria-label="Selected codes"
      className="flex min-h-11 flex-wrap items-center gap-x-1 gap-y-2 bg-selected px-4 py-1.5 sm:px-6"
    >
      <span className="flex min-w-0 items-center gap-1">
        <IconButton label="Clear selection" onClick={clear} className="-ml-1.5">
          <X aria-hidden="true" className="size-4" />
        </IconButton>
        <p role="status" className="num mr-2">
          <span className="font-medium">{`${formatCount(count, "code")} selected`}</span>
          {besides.some(Boolean) && ` (${besides.filter(Boolean).join(", ")})`}
          {frozen && (
            <span className="text-mute">, as of {clock(frozen.at, timeZone)}; codes that arrive later stay out</span>
          )}
        </p>
      </span>
      {!frozen && filter && (
        <Button variant="quiet" className="px-2 text-accent!" pending={pending === "all"} onClick={selectAll}>
          <Suspense fallback="Select all matching">
            <SelectAll matching={matching} narrowed={narrows(filter)} />
          </Suspense>
        </Button>
      )}
      <span className="ml-auto flex flex-wrap items-center gap-1">
        <Button
          data-needs="referrals.edit"
          icon={icon(Pencil)}
          pending={pending === "edit"}
          onClick={() => open("edit")}
        >
          Edit
        </Button>
        <QuickEditMenu
          scope={scope}
          about={async () => {
            const selectionId = await chosenId("edit");
            if (selectionId === null) return null;
            const selection = { by: "selection", selectionId } as const;
            return { selection, about: formatCount(count, "code"), formPath: paths.editSelection(selectionId) };
          }}
        />
        <ExportButton
          scope={scope}
          list={list}
          hasLinks={linkPattern !== ""}
          listFor={async () => {
            const id = await chosenId("export");
            return id === null ? null : { ...wholeList, selection: id, sort: list.sort };
          }}
        >
          <FileDown aria-hidden="true" className="size-4 text-mute" />
          Export selected
        </ExportButton>
        <Button icon={icon(Copy)} pending={pending === "codes"} onClick={() => copy("codes")}>
          Copy codes
        </Button>
        {linkPattern && (
          <Button icon={icon(Link2)} pending={pending === "links"} onClick={() => copy("links")}>
            Copy links
          </Button>
        )}
        <Button
          data-needs="referrals.delete"
          icon={icon(Trash2)}
          className="text-bad"
          pending={pending === "delete"}
          onClick={() => open("delete")}
        >
          Delete
        </Button>
      </span>
    </section>
  );
}

function SelectAll({ matching, narrowed }: { matching: Promise<string | null>; narrowed: boolean }) {
  return `Select all ${use(matching) ?? "codes"}${narrowed ? " matching" : ""}`;
}

function clock(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" }).format(at);
}
