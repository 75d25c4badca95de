import type { ReactNode } from "react";

/** What a press on a button in a cell asks for; the button's `value` says of what. */
export type CellPress = (button: HTMLButtonElement) => void;

/** A value that copies itself when pressed. @param label what it is: "code AB12" makes the name "Copy code AB12" */
export function copyCell(value: string, label: string, onPress: CellPress): ReactNode {
  return (
    <button
      type="button"
      value={value}
      aria-label={`Copy ${label}`}
      title={value.length > 20 ? value : undefined}
      className="cell-copy icon-copy"
      onClick={(event) => onPress(event.currentTarget)}
    >
      <span className="mono">{value}</span>
    </button>
  );
}

/** Text on one line, cut where it is too long and whole in its hint. */
export function textCell(text: string): ReactNode {
  return (
    <span title={text} className="cell-text">
      {text}
    </span>
  );
}

/** A number of a limit, in words for those who hear it, with a bar of the share. 0 is no limit. */
export function shareCell(used: number, limit: number, formatNumber: (value: number) => string): ReactNode {
  const most = limit === 0 ? "∞" : formatNumber(limit);
  const share = Math.min(100, Math.round((100 * used) / limit));
  return (
    <span className="num">
      <span aria-hidden="true">{`${formatNumber(used)} / ${most}`}</span>
      <span className="sr-only">{`${formatNumber(used)} of ${limit === 0 ? "unlimited" : most}`}</span>
      {limit > 0 && limit <= 9_999 && (
        <span
          aria-hidden="true"
          className="cell-share"
          data-full={used >= limit || undefined}
          style={{ "--used": `${share}%` } as React.CSSProperties}
        />
      )}
    </span>
  );
}
