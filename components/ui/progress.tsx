type ProgressProps = {
  /** What is under way: "Importing spring.csv". */
  label: string;
  /** Of `max`; left out while it is not known. */
  value?: number;
  max?: number;
  /** Said instead of a percentage: "40,000 of 100,000 created". */
  text?: string;
};

/** A thin bar that fills, or pulses while nobody knows how far it is. */
export function Progress({ label, value, max = 100, text }: ProgressProps) {
  const share = value === undefined || max <= 0 ? undefined : Math.min(Math.max(value / max, 0), 1);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={value}
      aria-valuetext={text}
      className="h-1.5 overflow-hidden rounded-full bg-sunk forced-edge"
    >
      <div
        className={
          share === undefined
            ? "h-full w-1/3 animate-pulse rounded-full bg-accent"
            : "h-full rounded-full bg-accent transition-[width] duration-300 forced-colors:bg-[Highlight]"
        }
        style={share === undefined ? undefined : { width: `${share * 100}%` }}
      />
    </div>
  );
}
