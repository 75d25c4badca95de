import type { ReactNode } from "react";
import type { CellPress } from "@/components/data-table/cells";
import { type AttributeTitle, attributeTitle } from "@/lib/attributes/titles";
import type { ReferralItem } from "./rows";

/** As many chips as the widest screen has room for: a code may have a hundred attributes, a page 250 codes. */
const chipsMax = 16;

/** The attributes of a code as people know them. */
export function titled({ attributes }: ReferralItem, titles: readonly AttributeTitle[]) {
  return attributes.map(({ name, value }) => ({ name, title: attributeTitle(titles, name), value }));
}

/** Attributes as chips, as many as the column has room for, and the control that tells how many there are and shows all. */
export function attributesCell(item: ReferralItem, titles: readonly AttributeTitle[], onPress: CellPress): ReactNode {
  const attributes = titled(item, titles);
  if (attributes.length === 0) return null;
  const all = attributes.length === 1 ? "The attribute" : `All ${attributes.length} attributes`;
  return (
    <span className="cell-line">
      <span className="cell-chips">
        {attributes.slice(0, chipsMax).map(({ name, title, value }) => (
          <span key={name} className="cell-chip">
            <span>{title}</span> {value}
          </span>
        ))}
      </span>
      <button
        type="button"
        value={item.id}
        aria-haspopup="dialog"
        aria-label={`${all} of ${item.code}`}
        className="cell-more num"
        onClick={(event) => onPress(event.currentTarget)}
      >
        {attributes.length}
      </button>
    </span>
  );
}
