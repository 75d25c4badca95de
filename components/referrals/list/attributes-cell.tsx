import type { ReactNode } from "react";
import type { CellPress } from "@/components/data-table/cells";
import { type AttributeTitle, attributeTitle } from "@/lib/attributes/titles";
import type { ReferralItem } from "./rows";

/** An attribute with its name on screen. */
interface Titled {
  title: string;
  value: string;
}

// How many letters fit beside each other at least, and how many more on a wide screen; what a chip's edges and the control for
// all attributes take of that.
const least = 14;
const widened = 32;
const edges = 3;
const control = 4;

/** The attributes of a code as people know them. */
export function titled({ attributes }: ReferralItem, titles: readonly AttributeTitle[]) {
  return attributes.map(({ name, value }) => ({ name, title: attributeTitle(titles, name), value }));
}

/** Which of them are chips, by their places: those that fit whole, in their order; one alone always, cut if need be. */
export function chipsThatFit(attributes: Titled[], room: number): number[] {
  const sizes = attributes.map(({ title, value }) => title.length + value.length + edges);
  const places = [...sizes.keys()];
  if (sizes.length === 1 || sizes.reduce((sum, size) => sum + size, 0) <= room) return places;
  let left = room - control;
  return places.filter((place) => {
    const size = sizes[place] ?? 0;
    if (size > left) return false;
    left -= size;
    return true;
  });
}

/**
 * Attributes as chips, and one control for all of them where some do not fit.
 * @param letters how many fit into the column on a screen of 1280 pixels
 */
export function attributesCell(
  item: ReferralItem,
  titles: readonly AttributeTitle[],
  letters: number,
  onPress: CellPress,
): ReactNode {
  const attributes = titled(item, titles);
  const room = Math.max(letters, least);
  const chips = { "if-narrow": chipsThatFit(attributes, room), "if-wide": chipsThatFit(attributes, room + widened) };
  const more = Object.entries(chips).filter(([, shown]) => shown.length < attributes.length);
  return (
    <span className="cell-line">
      {attributes.map(({ name, title, value }, place) => {
        const [at, other] = Object.entries(chips).flatMap(([width, shown]) => (shown.includes(place) ? width : []));
        return (
          at && (
            <span key={name} title={`${title}: ${value}`} className={other ? "cell-chip" : `cell-chip ${at}`}>
              <span>{title}</span>
              {value}
            </span>
          )
        );
      })}
      {more.length > 0 && (
        <button
          type="button"
          value={item.id}
          aria-haspopup="dialog"
          aria-label={`All ${attributes.length} attributes of ${item.code}`}
          className={more.length > 1 ? "cell-more" : `cell-more ${more[0]?.[0]}`}
          onClick={(event) => onPress(event.currentTarget)}
        >
          {more.map(([width, shown]) => (
            <span key={width} className={width}>
              {shown.length > 0 ? `+${attributes.length - shown.length}` : `${attributes.length} attributes`}
            </span>
          ))}
        </button>
      )}
    </span>
  );
}
