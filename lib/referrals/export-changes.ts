import type { Reading } from "@/lib/attributes/titles";
import { attributeField } from "@/lib/codes/fields";
import { recordedFields } from "@/lib/codes/sql";
import { Prisma } from "@/lib/db";
import { uploadKeyTitle } from "@/lib/referrals/csv";
import {
  attribute,
  boundOnClocks,
  type ExportFile,
  limitText,
  limitTitle,
  number,
  plain,
  written,
} from "@/lib/referrals/export-columns";
import { columnTitles } from "@/lib/referrals/list/search-params";
import { digestDigits } from "@/lib/referrals/upload-key";

/**
 * The upload key of `referral r`, which `readUploadKey` reads: base64 of JSON, so that no spreadsheet takes it for anything but text, and
 * a digest of it. OFFSET keeps the planner from working it out twice.
 */
const keySql = `(SELECT translate(encode(key, 'base64'), E'\\n', '') || '.' || left(encode(sha256(key), 'hex'), ${digestDigits})
  FROM (SELECT convert_to(jsonb_build_object('a', r.application_id, 'c', r.campaign_id, 'r', r.id::text, 'k', r.code,
    'd', r.advocate_integration_id, 'v', ${recordedFields(Prisma.sql`r`).sql})::text, 'UTF8') AS key OFFSET 0) keyed)`;

/** What can be changed of codes in a spreadsheet, and beside it what tells them apart; uploaded again, changed cells become an edit. */
export function changesFile({ timeZone: zone, attributes }: Reading): ExportFile {
  const edge = (id: "validFrom" | "validUntil", column: string) =>
    plain(`${columnTitles[id]} (${zone})`, boundOnClocks(column, zone, id === "validFrom" ? "start" : "end"));
  return {
    columns: [
      written(columnTitles.code, "r.code"),
      written(columnTitles.advocate, "r.advocate_integration_id"),
      number(columnTitles.redemptions, "r.usage_counter"),
      plain(limitTitle, limitText),
      edge("validFrom", "r.valid_from"),
      edge("validUntil", "r.valid_until"),
      written(columnTitles.friend, "r.friend_integration_id"),
      ...attributes.map(({ name }) => ({ ...attribute(name), name: attributeField(name) })),
      plain(uploadKeyTitle, keySql),
    ],
    quoted: null,
  };
}
