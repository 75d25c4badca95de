import { cx } from "./cx";

type ChipProps = {
  /** The quiet part: an attribute's name, a filter's field. */
  name?: string;
  value: string;
  mono?: boolean;
  className?: string;
};

/** A key and its value. Long ones are cut at the edge of the chip and whole in the hint. */
export function Chip({ name, value, mono, className }: ChipProps) {
  return (
    <span
      title={name ? `${name}: ${value}` : value}
      className={cx(
        "inline-flex h-5.5 max-w-52 min-w-0 items-center overflow-hidden whitespace-nowrap gap-1.5 rounded-sm border px-1.5 text-sm",
        className,
      )}
    >
      {name && <span className="shrink-0 text-mute">{name}</span>}
      <span className={cx("truncate", mono && "mono")}>{value}</span>
    </span>
  );
}
