import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const refused = [
  ["app/page.tsx", 'import { db } from "@/lib/db";'],
  ["app/page.tsx", 'import { migrate } from "@/prisma/migrate";'],
  ["app/(dashboard)/page.tsx", 'import { saveCampaign } from "@/lib/campaigns/commands";'],
  ["app/page.tsx", 'import { startEmbedded } from "@/lib/launch/embedded/server";'],
  ["app/page.tsx", 'import { currentActor } from "@/lib/access/actor";'],
  ["components/referrals/list.tsx", 'import { admit } from "@/lib/access/scope";'],
  ["components/ui/button.tsx", 'import { referralStatus } from "@/lib/codes/rules";'],
  ["components/data-table/table.tsx", 'import { CampaignTable } from "@/components/campaigns/campaign-table";'],
  ["components/referrals/list.tsx", 'import { listReferrals } from "@/lib/referrals/list/queries";'],
  ["components/referrals/list.tsx", 'import { createReferrals } from "@/lib/creations/commands";'],
  ["components/referrals/list.tsx", 'import { pool } from "@/lib/db";'],
  ["components/shell/menu.tsx", 'import pg from "pg";'],
  ["lib/codes/schema.ts", 'import { useState } from "react";'],
  ["lib/creations/rules.ts", 'import { db } from "@/lib/db";'],
  ["lib/referrals/list/search-params.ts", 'import { headers } from "next/headers";'],
  ["lib/referrals/import/csv.ts", 'import { createReadStream } from "node:fs";'],
  ["lib/referrals/list/queries.ts", 'import { notFound } from "next/navigation";'],
  ["lib/campaigns/commands.ts", 'import { Button } from "@/components/ui/button";'],
  ["lib/worker/worker.ts", 'import { importStep } from "@/lib/imports/background";'],
  ["lib/worker/lease.ts", 'import type { LeasedOperation } from "@/lib/operations/background";'],
  ["lib/worker/kinds.ts", 'import { allWork } from "@/lib/all-work";'],
] as const;

const allowed = [
  ["app/page.tsx", 'import { getCampaign } from "@/lib/campaigns/queries";'],
  ["app/page.tsx", 'import type { Scope } from "@/lib/access/scope";'],
  ["app/page.tsx", 'import { may } from "@/lib/access/offer";'],
  ["components/members/roles.tsx", 'import { permissions } from "@/lib/access/permissions";'],
  ["components/ui/money.tsx", 'import { formatCount } from "@/lib/format";'],
  ["components/ui/field.tsx", 'import { Button } from "@/components/ui/button";'],
  ["components/referrals/list.tsx", 'import type { ReferralRow } from "@/lib/referrals/list/queries";'],
  ["components/referrals/list.tsx", 'import { editReferrals } from "@/lib/operations/actions";'],
  ["lib/codes/schema.ts", 'import { z } from "zod";'],
  ["lib/referrals/list/queries.ts", 'import { db } from "@/lib/db";'],
  ["lib/worker/lease.ts", 'import { db } from "@/lib/db";'],
  ["lib/worker/sweeps.ts", 'import { admit } from "@/lib/access/scope";'],
] as const;

// A tree with the project's lint settings and one import a file; linted once. The number keeps the names apart.
const box = mkdtempSync(join(tmpdir(), "import-rules-"));
const numbered = (file: string, index: number) => join(dirname(file), String(index), file.split("/").at(-1) ?? "");
let report = "";

beforeAll(() => {
  copyFileSync("biome.json", join(box, "biome.json"));
  for (const [index, [file, statement]] of [...refused, ...allowed].entries()) {
    const path = join(box, numbered(file, index));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${statement}\n`);
  }
  const biome = resolve("node_modules/@biomejs/biome/bin/biome");
  const args = [biome, "lint", "--only=style/noRestrictedImports", "--reporter=github", "--max-diagnostics=none"];
  report = spawnSync(process.execPath, args, { cwd: box, encoding: "utf8" }).stdout;
});

afterAll(() => rmSync(box, { recursive: true }));

test.each(refused.map(([file, statement], index) => [file, statement, numbered(file, index)]))(
  "%s may not: %s",
  (_, __, path) => expect(report).toContain(`/${path},line=`),
);

test.each(allowed.map(([file, statement], index) => [file, statement, numbered(file, refused.length + index)]))(
  "%s may: %s",
  (_, __, path) => expect(report).not.toContain(`/${path},line=`),
);
