import { describe, expect, it } from "vitest";
import { createApplication } from "@/lib/applications/commands";
import { getApplication } from "@/lib/applications/queries";
import { type CreateApplicationInput, createApplicationInput } from "@/lib/applications/schema";
import { db } from "@/lib/db";
import { testActor } from "@/lib/testing/builders";

const given = (changes: Partial<CreateApplicationInput> = {}): CreateApplicationInput => ({
  name: "Shop",
  timeZone: "America/New_York",
  caseRule: "insensitive-lowercase",
  ...changes,
});

describe("createApplication", () => {
  it("makes one of a form that is sent many times, and names the clash", async () => {
    const sent = await Promise.allSettled(Array.from({ length: 8 }, () => createApplication(testActor, given())));
    const [made] = sent.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    expect(await db.application.count({ where: { name: "Shop" } })).toBe(1);
    expect(await getApplication(testActor, String(made?.applicationId))).toMatchObject(given());
    await expect(createApplication(testActor, given())).rejects.toMatchObject({
      code: "invalid",
      more: { fields: { name: expect.stringContaining("“Shop”") } },
    });
  });
});

describe("createApplicationInput", () => {
  it.each([
    ["name", { name: " " }],
    ["name", { name: "x".repeat(101) }],
    ["timeZone", { timeZone: "Berlin" }],
    ["timeZone", { timeZone: "+01:00" }],
    ["timeZone", { timeZone: "" }],
    ["caseRule", { caseRule: "upper" }],
  ])("refuses a wrong %s", (field, change) => {
    const { error } = createApplicationInput.safeParse({ ...given(), ...change });
    expect(error?.issues.map((issue) => issue.path[0])).toEqual([field]);
  });

  it.each(["Europe/Berlin", "UTC", "Asia/Kolkata"])("takes the time zone %s", (timeZone) => {
    expect(createApplicationInput.safeParse(given({ timeZone })).success).toBe(true);
  });
});
