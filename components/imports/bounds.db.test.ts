import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it, vi } from "vitest";
import { ImportFacts } from "@/components/imports/import-facts";
import { ProblemsTable } from "@/components/imports/problems-table";
import { ReadingPanel } from "@/components/imports/reading-panel";
import { db } from "@/lib/db";
import { getImport, listProblems, listSamples } from "@/lib/imports/queries";
import { stageImport } from "@/lib/imports/staging";
import { admitted, makeCampaign } from "@/lib/testing/builders";

vi.mock("next/navigation", () => ({ useRouter: () => ({}) }));
vi.mock("@/lib/imports/actions", () => ({}));

const header = "code,advocateprofileintegrationid,attributes";
const unknown = JSON.stringify(Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`name_${n}`, n])));
const quoted = `"${unknown.replaceAll('"', '""')}"`;
const many = (row: (n: number) => string, rows = 200) => Array.from({ length: rows }, (_, n) => `${row(n)}\n`).join("");

it.each([
  ["unknown attributes", `${header}\n${many((n) => `AAAA${n},1,${quoted}`)}`],
  ["quotes in every cell", `${header}\n${many(() => `<${"&".repeat(900)}>"`)}`],
  ["rows of 400 kB", `${header}\n${many(() => `x ${"<\u{1F600}".repeat(130_000)},1,`, 12)}`],
  [
    "long names",
    `${header}${Array.from({ length: 97 }, (_, n) => `,${"<".repeat(9000)}${n}`).join("")}\n${many((n) => `AAAA${n}`)}`,
  ],
])("a file of %s is stored and shown within limits", async (_, text) => {
  const scope = await makeCampaign();
  const body = (async function* () {
    yield new TextEncoder().encode(text);
  })();
  const id = await stageImport(admitted(scope), { name: "hostile.csv", body });
  const found = await getImport(admitted(scope), id);
  if (!found) throw new Error("no such import");
  const listed = await listProblems(admitted(scope), found);
  const { failedCount } = found;
  const page =
    renderToStaticMarkup(
      createElement(ReadingPanel, {
        ...{ scope, found, samples: await listSamples(admitted(scope), found) },
        ...{ attributes: [], importPath: "" },
      }),
    ) +
    renderToStaticMarkup(createElement(ImportFacts, { found, zone: "UTC" })) +
    renderToStaticMarkup(
      createElement(ProblemsTable, {
        problems: listed.problems,
        failedCount,
        shownRows: listed.rows,
        failedRowsPath: "",
      }),
    );
  // The page sends its markup once as HTML and once for React.
  expect(page.length).toBeLessThan(500_000);
  expect(listed.rows).toBeGreaterThan(0);
  const rows = await db.importRow.findMany({
    where: { applicationId: scope.applicationId },
    select: { problems: true },
  });
  for (const { problems } of rows) expect(JSON.stringify(problems).length).toBeLessThan(20_000);
});
