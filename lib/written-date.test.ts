import { describe, expect, it } from "vitest";
import { readWrittenDate } from "@/lib/written-date";

const iso = (text: string, order: "day" | "month" | null = null) => {
  const read = readWrittenDate(text, order);
  return read && ("iso" in read ? read.iso : read.either);
};

describe("a date as people write it", () => {
  it.each([
    ["31.12.2026", "2026-12-31"],
    ["3.4.2026", "2026-04-03"],
    ["03. 04. 2026", "2026-04-03"],
    ["3.4.26 9:05", "2026-04-03 09:05"],
    ["12/31/2026", "2026-12-31"],
    ["31/12/2026", "2026-12-31"],
    ["31-12-2026 23:59:59", "2026-12-31 23:59:59"],
    ["5/5/2026", "2026-05-05"],
    ["2026/4/3", "2026-04-03"],
    ["2026-4-3 14:30", "2026-04-03 14:30"],
    ["12/31/2026 2:30 PM", "2026-12-31 14:30"],
    ["12/31/2026, 12:00 a.m.", "2026-12-31 00:00"],
    ["12/31/26 12:00pm", "2026-12-31 12:00"],
    ["3 April 2026", "2026-04-03"],
    ["3-Apr-2026", "2026-04-03"],
    ["3-Apr-26", "2026-04-03"],
    ["3rd of April, 2026", "2026-04-03"],
    ["April 3, 2026", "2026-04-03"],
    ["Apr 3 2026 14:30", "2026-04-03 14:30"],
    ["Sept. 3, 2026", "2026-09-03"],
    ["Fri, 3 Apr 2026", "2026-04-03"],
    ["Friday, April 3, 2026", "2026-04-03"],
    ["3. April 2026", "2026-04-03"],
    ["31. Dezember 2026", "2026-12-31"],
    ["3. März 2026, 14:30", "2026-03-03 14:30"],
    ["3 août 2026", "2026-08-03"],
    ["3 de mayo de 2026", "2026-05-03"],
    ["31/31/2026", "2026-31-31"],
    ["12/31/2026 12:59:59 AM", "2026-12-31 00:59:59"],
  ])("%s is %s", (text, expected) => {
    expect(iso(text)).toBe(expected);
  });

  it.each([
    "",
    "soon",
    "2026",
    "46023",
    "3 Smarch 2026",
    "1/2",
    "1/2/3/4",
    "1.2/2026",
    "12/31/2026 noon",
    "12/31/2026 13:00 PM",
    "31. Dezember 2026, 0:30 a.m.",
    `3 ${"x".repeat(100)} 2026`,
  ])("“%s” is none", (text) => {
    expect(iso(text)).toBeNull();
  });

  it("is either of two where its numbers are, until somebody says the order", () => {
    expect(iso("3/4/2026")).toEqual({ day: "2026-04-03", month: "2026-03-04" });
    expect(iso("3/4/2026", "day")).toBe("2026-04-03");
    expect(iso("3/4/2026", "month")).toBe("2026-03-04");
    expect(iso("13/4/2026", "month")).toBe("2026-13-04"); // refused: there is no month 13
    expect(iso("3.4.2026", "month")).toBe("2026-04-03");
  });

  it("says which order its numbers prove", () => {
    expect(readWrittenDate("13/4/2026", null)).toMatchObject({ order: "day" });
    expect(readWrittenDate("4/13/2026", null)).toMatchObject({ order: "month" });
    expect(readWrittenDate("5/5/2026", null)).toMatchObject({ order: null });
    expect(readWrittenDate("3 April 2026", null)).toMatchObject({ order: null });
  });
});
