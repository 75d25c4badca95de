import { memo, useLayoutEffect, useMemo, useRef } from "react";
import type { Column } from "./columns";
import { html } from "./markup";

/** The cells of a row as HTML. @param label of its box, where rows can be ticked */
export function lineOf<Data>(row: Data, columns: readonly Column<Data>[], label?: (row: Data) => string): string {
  const box = label && html`<td class="tick"><input type="checkbox" aria-label="${label(row)}"></td>`;
  const written = columns.map(({ cell, look: { rowHeader, cells } }) => {
    const content = cell(row);
    if (rowHeader) return html`<th scope="row" class="stuck">${content}</th>`;
    const hint = typeof content === "string" && content !== "" && html` title="${content}"`;
    return html`<td${cells !== undefined && html` class="${cells}"`}${hint}>${content}</td>`;
  });
  return html`${box ?? null}${written}`.html;
}

type LineProps = {
  markup: string;
  /** Left out where rows cannot be ticked. */
  ticked?: boolean;
};

/**
 * A row: one element to React, which neither builds nor looks into what is in it. Written again only when that is
 * other: a tick, busy marks and typing leave it alone.
 */
export const Line = memo(function Line({ markup, ticked = false }: LineProps) {
  const row = useRef<HTMLTableRowElement>(null);
  const content = useMemo(() => ({ __html: markup }), [markup]); // React writes it again for another object
  // biome-ignore lint/correctness/useExhaustiveDependencies: other markup has another box.
  useLayoutEffect(() => {
    const box = row.current?.querySelector("input");
    if (box) box.checked = ticked;
  }, [ticked, markup]);
  // biome-ignore lint/security/noDangerouslySetInnerHtml: made by `html` alone, which escapes every text.
  return <tr ref={row} data-ticked={ticked || undefined} dangerouslySetInnerHTML={content} />;
});
