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
  return text && <span title={text}>{text}</span>;
}

/** A number of a limit, such as "3 / 10", with a bar of the share; null is no bar. */
export function shareCell(text: string, share: number | null): ReactNode {
  return (
    <>
      {share !== null && (
        <span
          aria-hidden="true"
          className="cell-share"
          data-full={share >= 1 || undefined}
          style={{ "--used": `${Math.min(100, Math.round(100 * share))}%` } as React.CSSProperties}
        />
      )}
      {text}
    </>
  );
}
