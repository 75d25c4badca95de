import { describe, expect, it } from "vitest";
import { createApplication, saveTimeZone } from "@/lib/applications/commands";
import { getApplication } from "@/lib/applications/queries";
import { type CreateApplicationInput, createApplicationInput } from "@/lib/applications/schema";
import { db } from "@/lib/db";
import { admitted } from "@/lib/testing/builders";

const given = (changes: Partial<CreateApplicationInput> = {}): CreateApplicationInput => ({
  name: "Shop",
  timeZone: "America/New_York",
  caseRule: "insensitive-lowercase",
  ...changes,
});

describe("createApplication", () => {
  it("makes one of a form that is sent many times, and names the clash", async () => {
    const sent = await Promise.allSettled(Array.from({ length: 8 }, () => createApplication(admitted({}), given())));
    const [made] = sent.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    expect(await db.application.count({ where: { name: "Shop" } })).toBe(1);
    expect(await getApplication(admitted({ applicationId: made?.applicationId ?? 0 }))).toMatchObject(given());
    await expect(createApplication(admitted({}), given())).rejects.toMatchObject({
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
    ...["ECT", "IST", "BST", "CST", "EST5EDT", "Etc/GMT+5", "GMT", "Europe/Nowhere"].map(
      (timeZone): [string, object] => ["timeZone", { timeZone }],
    ),
    ["caseRule", { caseRule: "upper" }],
  ])("refuses a wrong %s", (field, change) => {
    const { error } = createApplicationInput.safeParse({ ...given(), ...change });
    expect(error?.issues.map((issue) => issue.path[0])).toEqual([field]);
  });

  it.each(["Europe/Berlin", "UTC", "Asia/Kolkata"])("takes the time zone %s", (timeZone) => {
    expect(createApplicationInput.safeParse(given({ timeZone })).success).toBe(true);
  });
});

describe("the time zone of an application", () => {
  const zoneOf = async (id: number) => (await db.application.findUniqueOrThrow({ where: { id } })).timeZone;

  it("is changed from one that means several, and keeps what is shown apart from what is meanwhile", async () => {
    const { id } = await db.application.create({ data: { name: "Old", timeZone: "ECT" } });
    await saveTimeZone(admitted({ applicationId: id }), { timeZone: "America/Guayaquil", shown: "ECT" });
    expect(await zoneOf(id)).toBe("America/Guayaquil");
    const late = saveTimeZone(admitted({ applicationId: id }), { timeZone: "UTC", shown: "ECT" });
    await expect(late).rejects.toMatchObject({ code: "stale" });
    const unknown = saveTimeZone(admitted({ applicationId: id }), {
      timeZone: "Europe/Atlantis",
      shown: "America/Guayaquil",
    });
    await expect(unknown).rejects.toMatchObject({ code: "invalid" });
    expect(await zoneOf(id)).toBe("America/Guayaquil");
  });
});
