import { describe, expect, it } from "vitest";
import { campaignStatus } from "./rules";

describe("campaignStatus", () => {
  const now = new Date("2026-11-22T12:00:00Z");
  const before = new Date("2026-11-01T00:00:00Z");
  const after = new Date("2026-12-01T00:00:00Z");

  it.each([
    ["running", { state: "enabled", startTime: null, endTime: null }],
    ["running", { state: "enabled", startTime: now, endTime: after }],
    ["scheduled", { state: "enabled", startTime: after, endTime: null }],
    ["ended", { state: "enabled", startTime: before, endTime: now }],
    ["disabled", { state: "disabled", startTime: before, endTime: after }],
    ["archived", { state: "archived", startTime: null, endTime: null }],
  ])("is %s", (status, campaign) => {
    expect(campaignStatus(campaign, now)).toBe(status);
  });
});
