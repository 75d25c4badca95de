import type { ReactNode } from "react";
import type { CellPress } from "@/components/data-table/cells";
import { type AttributeTitle, attributeTitle } from "@/lib/attributes/titles";
import type { ReferralItem } from "./rows";

/** An attribute with its name on screen. */
interface Titled {
  title: string;
  value: string;
}

// How much text fits beside the "+2" at the column's usual width, and on a wide screen.
const narrow = 12;
const wide = 42;

function titled(attributes: ReferralItem["attributes"], titles: readonly AttributeTitle[]) {
  return attributes.map(({ name, value }) => ({ name, title: attributeTitle(titles, name), value }));
}

/** How many chips, from the first on, fit into so many characters; a first one too long is cut, not hidden. */
export function chipsThatFit(attributes: Titled[], room: number): number {
  let used = 0;
  const first = attributes.findIndex(({ title, value }) => {
    used += title.length + value.length + 3;
    return used > room + 3;
  });
  return first === -1 ? attributes.length : Math.max(first, 1);
}

/** The first attributes as chips, and one control for all of them where some do not fit. */
export function attributesCell(
  { id, code, attributes: values }: ReferralItem,
  titles: readonly AttributeTitle[],
  onPress: CellPress,
): ReactNode {
  const attributes = titled(values, titles);
  if (attributes.length === 0) return null;
  const shown = chipsThatFit(attributes, narrow);
  const shownWide = chipsThatFit(attributes, wide);
  const hidden = attributes.length - shown;
  const hiddenWide = attributes.length - shownWide;
  return (
    <span className="cell-line">
      {attributes.slice(0, shownWide).map(({ name, title, value }, index) => (
        <span key={name} title={`${title}: ${value}`} className={index < shown ? "cell-chip" : "cell-chip if-wide"}>
          <span>{title}</span>
          {value}
        </span>
      ))}
      {hidden > 0 && (
        <button
          type="button"
          value={id}
          aria-haspopup="dialog"
          aria-label={`All ${attributes.length} attributes of ${code}`}
          className={hiddenWide === 0 ? "cell-more if-narrow" : "cell-more"}
          onClick={(event) => onPress(event.currentTarget)}
        >
          {hiddenWide === hidden ? (
            `+${hidden}`
          ) : (
            <>
              <span className="if-narrow">+{hidden}</span>
              {hiddenWide > 0 && <span className="if-wide">+{hiddenWide}</span>}
            </>
          )}
        </button>
      )}
    </span>
  );
}

/** Every attribute of a code, whole. */
export function AttributesList({ of, titles }: { of: ReferralItem; titles: readonly AttributeTitle[] }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
      {titled(of.attributes, titles).map(({ name, title, value }) => (
        <div key={name} className="contents">
          <dt className="text-mute">{title}</dt>
          <dd className="[overflow-wrap:anywhere] whitespace-pre-wrap">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
