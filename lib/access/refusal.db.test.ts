import { expect, it } from "vitest";
import { person } from "@/lib/access/actor";
import { recordRefusal } from "@/lib/access/refusal";
import { db } from "@/lib/db";

const somebody = (id: string) => person({ id, name: id, administrator: false, roles: new Map() });
const recordsOf = (actorId: string) => db.auditEntry.count({ where: { event: "refused", actorId } });

it("the same refusal is recorded once a minute, and of one actor no more than a hundred, whatever they ask", async () => {
  const probing = somebody("probing");
  for (let n = 0; n < 3; n++) await recordRefusal(probing, { applicationId: 1 }, "referrals.read");
  expect(await recordsOf("probing")).toBe(1);
  for (let n = 2; n <= 150; n++) await recordRefusal(probing, { applicationId: n }, "referrals.read");
  expect(await recordsOf("probing")).toBe(100);
  await recordRefusal(somebody("another"), { applicationId: 1 }, "referrals.read");
  expect(await recordsOf("another")).toBe(1);
});
