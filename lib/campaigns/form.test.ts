import { describe, expect, it } from "vitest";
import { type CampaignForm, mergeForms } from "./form";

const base: CampaignForm = {
  name: "Refer a friend",
  description: "",
  state: "enabled",
  referrals: true,
  codePattern: "####-####",
  codeCharacters: "ABCD",
  linkPattern: "",
  shareText: "",
  startTime: "",
  endTime: "2027-01-31",
};

describe("mergeForms", () => {
  it("takes over what only they changed", () => {
    const merge = mergeForms(
      base,
      { ...base, state: "disabled", referrals: false },
      { ...base, name: "Bring a friend" },
    );
    expect(merge.form).toEqual({ ...base, state: "disabled", referrals: false, name: "Bring a friend" });
    expect(merge.taken).toEqual(["state", "referrals"]);
    expect(merge.disputed).toEqual([]);
  });

  it("keeps what I typed where both changed the same field, and names it", () => {
    const merge = mergeForms(base, { ...base, endTime: "2027-02-28" }, { ...base, endTime: "2027-03-31" });
    expect(merge.form.endTime).toBe("2027-03-31");
    expect(merge.disputed).toEqual(["endTime"]);
  });

  it("finds nothing to say where both did the same", () => {
    const both = { ...base, endTime: "" };
    expect(mergeForms(base, both, both)).toEqual({ form: both, taken: [], disputed: [] });
  });
});
