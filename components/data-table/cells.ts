import { html, type Markup } from "./markup";

/**
 * What a press on a control in a row asks for. One listener of the table serves all rows, and finds what a control does by
 * its `data-press`.
 */
export interface CellPress<Data> {
  what: string;
  row: Data;
  control: HTMLElement;
}

/** What a column shows of a row: markup, or a text, which is cut where it is too long and whole in its hint. */
export type Cell = Markup | string | null;

/** A value that copies itself when pressed. @param label what it is: "code AB12" makes the name "Copy code AB12" */
export function copyCell(value: string, label: string, press: string): Markup {
  const title = value.length > 20 && html` title="${value}"`;
  return html`<button type="button" data-press="${press}" aria-label="Copy ${label}"${title} class="cell-copy mono">${value}</button>`;
}

/** A number of a limit, such as "3 / 10", with a bar of the share; null is no bar. */
export function shareCell(text: string, share: number | null): Markup {
  if (share === null) return html`${text}`;
  const used = Math.min(100, Math.round(100 * share));
  return html`<i class="cell-share${share >= 1 && " full"}" style="--used:${used}%"></i>${text}`;
}
