import { describe, expect, test } from "vitest";
import { migrations } from "./history";

// While a newer version migrates, an older one serves on, and tables of millions are written to: a migration adds, and waits for
// nothing. What has to go goes a version later; what takes long is a step in the background (`prisma/background/`).
const large = String.raw`"?(referral|redeemed|change|redemption|customer_session|import_row|audit_entry)"?\b`;
const rules: [why: string, statement: RegExp][] = [
  ["an older program asks for it", /\bDROP (TABLE|COLUMN|FUNCTION|TYPE)\b/i],
  ["an older program knows it by another name", /\bRENAME\b/i],
  ["an older program writes the type that it had", /\bALTER (COLUMN )?"?\w+"? (SET DATA )?TYPE\b/i],
  ["an older program leaves it out", /\bSET NOT NULL\b/i],
  [
    "an older program leaves it out",
    /\bADD (COLUMN )?"\w+"(?:(?!DEFAULT|GENERATED)[^,;])*\bNOT NULL\b(?:(?!DEFAULT|GENERATED)[^,;])*(,|;|$)/i,
  ],
  [
    "writes wait until it is built",
    new RegExp(String.raw`\bCREATE (UNIQUE )?INDEX (?!CONCURRENTLY)[^;]*\bON ${large}`, "i"),
  ],
  [
    "all rows are read while writes wait",
    new RegExp(String.raw`\bALTER TABLE (ONLY )?${large}[^;]*\b(CHECK|FOREIGN KEY)\b(?![^;]*NOT VALID)`, "i"),
  ],
];

/** Why a migration is not as it has to be; comments and the bodies of functions do not count. */
function narrowing(sql: string): string[] {
  const statements = sql.replace(/--.*$/gm, "").replace(/\$(\w*)\$[\s\S]*?\$\1\$/g, "$$$$");
  return rules.filter(([, statement]) => statement.test(statements)).map(([why]) => why);
}

/** The last migration of before there was this rule. */
const before = "20261129053000_disabled";
const newer = migrations().filter(({ name }) => name > before);

test.each(newer)("$name adds, and waits for nothing", ({ sql }) => {
  expect(narrowing(sql)).toEqual([]);
});

describe("a migration that", () => {
  test.each([
    `CREATE TABLE "thing" ("id" BIGINT NOT NULL, CONSTRAINT "thing_pkey" PRIMARY KEY ("id")); CREATE INDEX "thing_idx" ON "thing" ("id")`,
    `ALTER TABLE "referral" ADD COLUMN "colour" TEXT`,
    `ALTER TABLE "referral" ADD COLUMN "weight" INTEGER NOT NULL DEFAULT 0, ADD COLUMN "note" TEXT;`,
    `ALTER TABLE "referral" ADD CONSTRAINT "weight_check" CHECK ("weight" >= 0) NOT VALID`,
    `INSERT INTO "background_migration" ("name") VALUES ('20261201000000_index'); -- then DROP TABLE "old"`,
    `CREATE FUNCTION "f"() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DROP TABLE "temporary"; END $$`,
  ])("adds is let through: %s", (sql) => {
    expect(narrowing(sql)).toEqual([]);
  });

  test.each([
    `DROP TABLE "thing"`,
    `ALTER TABLE "thing" DROP COLUMN "note"`,
    `ALTER TABLE "thing" RENAME COLUMN "note" TO "remark"`,
    `ALTER TABLE "thing" ALTER COLUMN "id" TYPE bigint`,
    `ALTER TABLE "thing" ALTER COLUMN "id" SET DATA TYPE bigint`,
    `ALTER TABLE "thing" ALTER COLUMN "note" SET NOT NULL`,
    `ALTER TABLE "thing" ADD COLUMN "note" TEXT NOT NULL`,
    `ALTER TABLE "thing" ADD COLUMN "one" INTEGER NOT NULL DEFAULT 0, ADD COLUMN "note" TEXT NOT NULL;`,
    `CREATE INDEX "referral_idx" ON "referral" ("id")`,
    `CREATE UNIQUE INDEX "change_idx" ON change ("id")`,
    `ALTER TABLE "redemption" ADD CONSTRAINT "amount_check" CHECK ("amount" <> 0)`,
  ])("an older program or a large table does not survive is found: %s", (sql) => {
    expect(narrowing(sql)).toHaveLength(1);
  });
});
