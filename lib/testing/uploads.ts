import { connect } from "node:net";
import { expect } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { db, pool } from "@/lib/db";
import { address, caller, keyFor } from "@/lib/testing/api";
import { makeCampaign } from "@/lib/testing/builders";

/** The campaign of the test that runs. */
export let scope: CampaignIds = { applicationId: 0, campaignId: 0 };
/** A key for it. */
export let key = "";
/** Where files for it are sent. */
export let path = "";
/** Makes a campaign, a key for it, and knows where files for it are sent. */
export async function makePlace(): Promise<void> {
  scope = await makeCampaign();
  key = await keyFor(scope.applicationId, "management");
  path = pathOf(scope);
}

/** Where files for a campaign are sent. */
export const pathOf = ({ applicationId, campaignId }: CampaignIds) =>
  `/v1/applications/${applicationId}/campaigns/${campaignId}/import_referrals`;

/** Between the parts of a form. */
export const boundary = "----------x1";
/** A part as clients write it; the SDK sends text without a name and without a type. */
export const part = (name: string, text: string, more = "", head = "") =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n${head}\r\n${text}\r\n`;
/** The end of a form. */
export const end = `--${boundary}--\r\n`;
/** Sends a form. */
export const send = (
  body: string | Uint8Array,
  type = `multipart/form-data; boundary=${boundary}`,
  to = path,
  by = key,
) => caller(address, `ManagementKey-v1 ${by}`)("POST", to, body, { "content-type": type });
/** Sends a file. */
export const upload = (csv: string) => send(part("upFile", csv) + end);

/** The header of a file. */
export const header = "code,advocateprofileintegrationid,startdate,expirydate,limitval,attributes";
/** How many codes there are. */
export const count = () => db.referral.count({ where: { applicationId: scope.applicationId } });
/** Nothing of a file is kept: no code, no operation, no staged row, no import. */
export async function expectNothing(codes = 0): Promise<void> {
  const where = { applicationId: scope.applicationId };
  expect(await count()).toBe(codes);
  expect(await db.operation.count({ where: { ...where, kind: "import" } })).toBe(0);
  expect(await db.import.count({ where })).toBe(0);
  expect(await db.importRow.count({ where })).toBe(0);
}
/** A refusal. */
export interface Said {
  message: string;
  errors?: { title: string; details: string; source: { line?: string; pointer?: string } }[];
}

/** Sends the rest of a head and a body as they are, and gives the socket. */
export function begin(rest: string) {
  const socket = connect(Number(new URL(address).port), "127.0.0.1");
  socket.on("error", () => undefined);
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: ManagementKey-v1 ${key}\r\nContent-Type: multipart/form-data; boundary=${boundary}\r\n${rest}`,
  );
  return socket;
}
/** How many files this test's database is taking in. */
export async function uploadsUnderWay(): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE 'COPY import_row%'",
  );
  return rows[0]?.n ?? 0;
}
