import { createElement, type FunctionComponent } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import type { CommittedFile, ImportDetail } from "@/lib/imports/queries";
import { ImportFacts } from "./import-facts";
import { ImportOutcome } from "./import-outcome";

vi.mock("@/components/imports/commit-form", () => ({ CommitForm: () => null }));
vi.mock("@/components/imports/changes-form", () => ({ ChangesForm: () => null }));
vi.mock("next/navigation", () => ({ useRouter: () => ({}) }));
vi.mock("@/components/ui/button-link", () => ({
  ButtonLink: ({ children }: { children: string }) => createElement("a", null, children),
}));

const checked: ImportDetail = {
  id: "1",
  fileName: "codes.csv",
  fileSize: 1000,
  delimiter: ",",
  columns: ["code"],
  leftOut: [],
  assumed: {},
  reading: {
    ...{ encoding: "utf-8", fields: ["code", "advocateprofileintegrationid"], unsure: [], order: null, changes: null },
    dates: { day: 0, month: 0, either: 0, example: null, read: null },
  },
  rowCount: 100_000,
  failedCount: 0,
  causes: [],
  blankLimits: 5,
  blankLines: 0,
  created: new Date(0),
  committed: null,
  lost: false,
};
const committed = (part: Partial<CommittedFile>): ImportDetail => ({
  ...checked,
  committed: {
    operationId: "7",
    batchId: "abcdefgh",
    codes: 0,
    leftOut: 0,
    running: false,
    left: 0,
    problem: null,
    undoneBy: null,
    ...part,
  },
});

function textOf<Props extends object>(component: FunctionComponent<Props>, props: Props): string {
  return renderToStaticMarkup(createElement(component, props))
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");
}
const facts = (found: ImportDetail) => textOf(ImportFacts, { found, zone: "UTC" });
const outcome = (found: ImportDetail) =>
  textOf(ImportOutcome, {
    scope: { applicationId: 1, campaignId: 1 },
    found,
    campaignName: "Refer a friend",
    conflicts: 0,
    reading: { timeZone: "UTC", attributes: [] },
  });

describe("the page of an import", () => {
  it("counts no codes beside the progress while it runs", () => {
    expect(facts(committed({ running: true }))).not.toContain("Codes made");
    expect(facts(committed({ running: true }))).toContain("5 rows with an empty limit get 1");
    expect(facts(committed({ codes: 100_000 }))).toContain("Codes made 100,000");
  });

  it("offers nothing of a batch without codes", () => {
    const nothing = outcome(committed({ left: 100_000 }));
    expect(nothing).toContain("No code was imported");
    expect(nothing).toContain("Upload the rest, which can be downloaded here.");
    for (const offer of ["Batch ID", "Show the codes", "Download as CSV", "Undo"]) expect(nothing).not.toContain(offer);
    expect(facts(committed({ left: 100_000 }))).not.toContain("with an empty limit");
  });

  it("offers the part that is there", () => {
    const part = outcome(committed({ codes: 10_000, left: 90_000 }));
    for (const offer of [
      "Imported 10,000 codes of 100,000",
      "Undo the part that is there",
      "Batch ID",
      "Show the codes",
    ])
      expect(part).toContain(offer);
  });

  it("says how a file with problems would be imported", () => {
    const text = outcome({ ...checked, failedCount: 1 });
    expect(text).toContain("1 of 100,000 rows has problems; nothing was written");
    expect(text).toContain("Import the good rows alone, or mend the others first");
    expect(text).toContain("So many are imported in the background");
    expect(outcome({ ...checked, failedCount: 100_000 })).not.toContain("good rows");
    expect(text).not.toContain("to change and upload again");
    const taken = outcome({ ...checked, failedCount: 1, causes: [{ cause: "taken", count: 1 }] });
    expect(taken).toContain(
      "Codes that exist already are changed by a file that was exported “to change and upload again”",
    );
  });

  it("says of a file that changes codes what became of it", () => {
    const changing = (found: ImportDetail) => ({
      ...found,
      failedCount: 0,
      reading: {
        ...found.reading,
        fields: ["code", "uploadkey"],
        changes: { rows: 12, cells: 30 },
      } as ImportDetail["reading"],
    });
    expect(outcome(changing(checked))).toContain("This file changes 12 codes 30 cells say something else");
    expect(facts(changing(checked))).toContain("Changed cells 30 in 12 rows");
    const done = outcome(changing(committed({ codes: 9, left: 3 })));
    for (const told of ["Changed 9 codes", "3 codes were left alone", "Open the operation", "Undo"])
      expect(done).toContain(told);
    expect(done).not.toContain("Batch ID");
    const running = outcome(changing(committed({ running: true })));
    expect(running).toContain("Codes are being changed by this file");
    expect(outcome(changing(committed({ undoneBy: "8", codes: 9 })))).toContain("This change of 9 codes was undone");
  });

  it("tells rows that were left out from codes that were taken since", () => {
    const chosen = outcome({ ...committed({ codes: 99_000, leftOut: 1000 }), failedCount: 1000 });
    expect(chosen).toContain("Imported 99,000 codes ");
    expect(chosen).toContain("1,000 rows that were refused were left out");
    expect(chosen).not.toContain("taken by somebody");
    const both = outcome({ ...committed({ codes: 98_990, leftOut: 1000 }), failedCount: 1010 });
    expect(both).toContain("Imported 98,990 codes of 99,000");
    expect(both).toContain("10 codes were taken by somebody");
  });

  it("says everything that was assumed, and what of the file gets lost", () => {
    const text = facts({
      ...checked,
      delimiter: ";",
      columns: ["Code", "Advocate’s Integration ID", "startdate"],
      reading: { ...checked.reading, fields: ["code", "advocateprofileintegrationid", "startdate"] },
      assumed: {
        delimiterLine: 1,
        missingCells: 3,
        shortRows: 2,
        longRows: 1,
        trimmedIds: 4,
        composed: 2,
        unguarded: 1,
      },
      leftOut: [
        { column: "friendprofileintegrationid", values: 17 },
        { column: "counter", values: 12, redemptions: 3041 },
        { column: "remark", values: 2 },
        { column: "importid", values: 0 },
        { column: "old", values: null },
      ],
    });
    for (const note of [
      "The first line, “sep=;”, says how cells are separated",
      "“Advocate’s Integration ID” is read as advocateprofileintegrationid",
      "3 empty last cells were added, in 2 rows",
      "Empty cells after the last column were left out, in 1 row",
      "White space around 4 Integration IDs was removed",
      "Letters and accents were put together, in 2 codes and Integration IDs",
      "taken off 1 cell",
      "5 rows with an empty limit get 1",
      "17 friends are not imported",
      "3,041 redemptions are not imported: the codes start unredeemed.",
      "remark (2 values) , importid (empty) , old",
    ])
      expect(text).toContain(note);
  });
});
