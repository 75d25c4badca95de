import { linkOf } from "@/lib/campaigns/links";
import type { ReferralItem } from "./rows";

/** The single keys of the list, and what each does to the row that has the focus. */
export const rowKeys = [
  { key: "j", does: "Next row" },
  { key: "k", does: "Previous row" },
  { key: "x", does: "Select the row, or with Shift all from the row selected before" },
  { key: "c", does: "Copy the code" },
  { key: "l", does: "Copy the link, where the campaign has links" },
  { key: "e", does: "Edit the referral" },
] as const;

/** What the keys do to a row; `within` is an element of it. */
export interface RowDeeds {
  tick: (item: ReferralItem, on: boolean, range: boolean) => Promise<boolean>;
  isTicked: (item: ReferralItem) => boolean;
  copy: (text: string, label: string, within: Element) => void;
  linkPattern: string;
  edit: (id: string) => void;
}

/** Does what a key says to the row that has the focus. `j` and `k` go to the first row where none has it. */
export function pressed(key: string, region: HTMLElement | null, items: ReferralItem[], deeds: RowDeeds): void {
  const rows = region?.querySelector("tbody")?.rows;
  const focused = document.activeElement;
  const within = focused?.closest<HTMLTableRowElement>("tbody tr");
  const at = within && rows && [...rows].includes(within) ? within.sectionRowIndex : -1;
  const goTo = (place: number) => rows?.[place]?.querySelector<HTMLElement>("th button")?.focus();
  const item = items[at];
  switch (key.toLowerCase()) {
    case "j":
      goTo(Math.min(at + 1, items.length - 1));
      break;
    case "k":
      goTo(Math.max(at - 1, 0));
      break;
    case "x":
      if (item) deeds.tick(item, !deeds.isTicked(item), key === "X");
      break;
    case "c":
      if (item && within) deeds.copy(item.code, `code ${item.code}`, within);
      break;
    case "l":
      if (item && within && deeds.linkPattern)
        deeds.copy(linkOf(deeds.linkPattern, item.code), `link of ${item.code}`, within);
      break;
    case "e":
      if (item && !document.querySelector('[data-lacks~="referrals.edit"]')) deeds.edit(item.id);
  }
}
