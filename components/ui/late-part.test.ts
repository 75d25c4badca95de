import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const sources = ["app", "components"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.ts$/.test(file))
    .map((file) => join(folder, file)),
);

// No components: what the single keys do, and what orders and selects rows. They say themselves that it could not be loaded.
const others = ["components/referrals/list/use-row-keys.tsx", "components/referrals/list/use-list-table.ts"];

test("components are loaded late by latePart alone, which has a boundary and tries again", () => {
  const without = sources.filter((file) => {
    if (file === "components/ui/late-part.tsx") return false;
    const text = readFileSync(file, "utf8");
    const late = text.match(/\blatePart[<(]/g)?.length ?? 0;
    const imports = text.match(/(?<!typeof )\bimport\(/g)?.length ?? 0;
    const other = others.includes(file) ? 1 : 0;
    return /\blazy\b.*from "react"|next\/dynamic/.test(text) || imports !== late + other;
  });
  expect(without).toEqual([]);
});
