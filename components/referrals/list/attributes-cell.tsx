"use client";

import { Chip } from "@/components/ui/chip";
import { cx } from "@/components/ui/cx";
import { PopoverButton } from "@/components/ui/popover-button";
import type { AttributeText } from "./rows";

// How much text fits beside the "+2" at the column's usual width, and on a wide screen.
const narrow = 12;
const wide = 42;

/** How many chips, from the first on, fit into so many characters; a first one too long is cut, not hidden. */
export function chipsThatFit(attributes: AttributeText[], room: number): number {
  let used = 0;
  const first = attributes.findIndex(({ name, value }) => {
    used += name.length + value.length + 3;
    return used > room + 3;
  });
  return first === -1 ? attributes.length : Math.max(first, 1);
}

/** The first attributes as chips, and one control for all of them where some do not fit. */
export function AttributesCell({ code, attributes }: { code: string; attributes: AttributeText[] }) {
  if (attributes.length === 0) return null;
  const shown = chipsThatFit(attributes, narrow);
  const shownWide = chipsThatFit(attributes, wide);
  const hidden = attributes.length - shown;
  const hiddenWide = attributes.length - shownWide;
  return (
    <span className="flex min-w-0 items-center gap-1">
      {attributes.slice(0, shownWide).map(({ name, value }, index) => (
        <Chip key={name} name={name} value={value} className={cx("min-w-0", index >= shown && "max-[100rem]:hidden")} />
      ))}
      {hidden > 0 && (
        <PopoverButton
          title="Attributes"
          label={`All ${attributes.length} attributes of ${code}`}
          className={cx(
            "num inline-flex h-6 min-w-6 shrink-0 items-center justify-center rounded-sm border px-1 text-sm text-mute hover:bg-sunk hover:text-ink",
            hiddenWide === 0 && "min-[100rem]:hidden",
          )}
          button={
            <>
              <span className="min-[100rem]:hidden">+{hidden}</span>
              <span className="max-[100rem]:hidden">+{hiddenWide}</span>
            </>
          }
        >
          <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
            {attributes.map(({ name, value }) => (
              <div key={name} className="contents">
                <dt className="text-mute">{name}</dt>
                <dd className="[overflow-wrap:anywhere] whitespace-pre-wrap">{value}</dd>
              </div>
            ))}
          </dl>
        </PopoverButton>
      )}
    </span>
  );
}
