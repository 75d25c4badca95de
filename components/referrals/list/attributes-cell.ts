import { html, type Markup } from "@/components/data-table/markup";
import { type AttributeTitle, attributeTitle } from "@/lib/attributes/titles";
import { shortened } from "@/lib/shortened";
import type { ReferralItem } from "./rows";

/** As many letters as chips have on the widest screen: a code may have a hundred attributes, a page 250 codes. */
const lettersMost = 120;

/** The attributes of a code as people know them. */
export function titled({ attributes }: ReferralItem, titles: readonly AttributeTitle[]) {
  return attributes.map(([name, value]) => ({ name, title: attributeTitle(titles, name), value }));
}

/** Attributes as chips, as many as the column has room for, and the control that tells how many there are and shows all. */
export function attributesCell(item: ReferralItem, titles: readonly AttributeTitle[]): Markup | null {
  const count = item.attributeCount;
  if (count === 0) return null;
  const all = count === 1 ? "The attribute" : `All ${count} attributes`;
  let letters = 0;
  const chips: Markup[] = [];
  for (const { title, value } of titled(item, titles)) {
    if (letters > lettersMost) break;
    letters += title.length + value.length;
    chips.push(html`<span class="cell-chip"><i>${title}</i> ${value}</span> `);
  }
  return html`<span class="cell-chips">${chips}</span><button type="button" data-press="attributes" aria-haspopup="dialog" aria-label="${all} of ${shortened(item.code)}" class="cell-more num">${count}</button>`;
}
