"use client";

import { useEffect, useState } from "react";
import { buttonClass } from "@/components/ui/button-class";
import { Dialog } from "@/components/ui/dialog";
import { RadioGroup } from "@/components/ui/radio-group";
import { Segmented } from "@/components/ui/segmented";
import { withBase } from "@/lib/base-path";
import type { ColumnId, ReferralList } from "@/lib/referrals/list/search-params";
import {
  type Content,
  type ExportChoice,
  exportAddress,
  isTable,
  type Portion,
  portions,
  portionsOf,
} from "./export-address";

type ExportDialogProps = {
  scope: { applicationId: number; campaignId: number };
  list: ReferralList;
  /** Those that the list shows. */
  columns: ColumnId[];
  hasLinks: boolean;
  open: boolean;
  onClose: () => void;
};

const contents: Record<Content, { label: string; help: string }> = {
  talonOne: { label: "Talon.One's columns", help: "Every value of a code; the file can be imported again." },
  list: { label: "The columns of this list", help: "As the list shows them now, on its clocks." },
  changes: {
    label: "To change and upload again",
    help: "What can be changed, a column each. Change cells in a spreadsheet, save it as CSV UTF-8 and import that file: only changed cells count.",
  },
  codes: { label: "Codes only", help: "A text with one code a line." },
  links: { label: "Links only", help: "A text with one link a line." },
  merge: { label: "For a mail merge", help: "Advocate, code, link, last day and every attribute, as CSV." },
};

/** What is asked before codes are downloaded; how many there are and what the file is called is told as it is chosen. */
export default function ExportDialog({ scope, list, columns, hasLinks, open, onClose }: ExportDialogProps) {
  const [choice, setChoice] = useState<ExportChoice>({ portion: "all", content: "talonOne", format: "csv" });
  const set = (change: Partial<ExportChoice>) => setChoice((before) => ({ ...before, ...change }));
  const offered = portionsOf(list);
  const portion = offered.includes(choice.portion) ? choice.portion : "all";
  const address = exportAddress(scope, list, columns, { ...choice, portion });
  const shown = (Object.keys(contents) as Content[]).filter((one) => one !== "links" || hasLinks);
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Export"
      actions={
        <a href={withBase(address)} download className={buttonClass("primary")} onClick={onClose}>
          Download
        </a>
      }
    >
      {offered.length > 1 && (
        <RadioGroup
          name="portion"
          label="Which codes"
          options={offered.map((value) => ({ value, label: portions[value].label }))}
          value={portion}
          onValueChange={(value) => set({ portion: value as Portion })}
        />
      )}
      <RadioGroup
        name="content"
        label="What the file tells of each"
        options={shown.map((value) => ({ value, ...contents[value] }))}
        value={choice.content}
        onValueChange={(value) => set({ content: value as Content })}
      />
      {isTable(choice.content) && (
        <Segmented
          name="format"
          label="Format"
          options={[
            { value: "csv", label: "CSV" },
            { value: "xlsx", label: "XLSX" },
          ]}
          value={choice.format}
          onValueChange={(value) => set({ format: value as ExportChoice["format"] })}
        />
      )}
      <FileTold address={address} />
    </Dialog>
  );
}

/** What the server says of a file without making it: how many codes it has, and its name. */
interface Told {
  address: string;
  /** Null where the server refused to say. */
  file: { rows: string; name: string } | null;
}

function FileTold({ address }: { address: string }) {
  const [told, setTold] = useState<Told | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    fetch(withBase(address), { method: "HEAD", signal: leaving.signal })
      .then(({ ok, headers }) => {
        const name = /filename="([^"]+)"/.exec(headers.get("content-disposition") ?? "")?.[1];
        const rows = headers.get("export-rows");
        setTold({ address, file: ok && name && rows ? { rows, name } : null });
      })
      .catch(() => {
        if (!leaving.signal.aborted) setTold({ address, file: null });
      });
    return () => leaving.abort();
  }, [address]);
  const isCurrent = told?.address === address;
  return (
    <p role="status" aria-busy={!isCurrent} className="num min-h-10 text-mute [overflow-wrap:anywhere]">
      {!isCurrent ? (
        "Counting …"
      ) : told.file ? (
        <>
          <span className="font-medium text-ink">{`${told.file.rows} ${told.file.rows === "1" ? "code" : "codes"}`}</span>
          {` in ${told.file.name}`}
        </>
      ) : (
        "How many codes these are could not be told. The download may work all the same."
      )}
    </p>
  );
}
