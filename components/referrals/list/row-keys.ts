/** The single keys of the list, and what each does to the row that has the focus. */
export const rowKeys = [
  { key: "j", does: "Next row" },
  { key: "k", does: "Previous row" },
  { key: "x", does: "Select the row, or with Shift all from the row selected before" },
  { key: "c", does: "Copy the code" },
  { key: "e", does: "Edit the referral" },
] as const;

/** Does what a key says, by the controls that the row has. `j` and `k` go to the first row where none has the focus. */
export function pressed(key: string, region: HTMLElement | null, edit: (id: string) => void): void {
  const rows = [...(region?.querySelectorAll<HTMLTableRowElement>("tbody tr:has(th)") ?? [])];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const code = (row: HTMLTableRowElement | undefined) => row?.querySelector<HTMLButtonElement>("th .cell-copy");
  const row = rows[at];
  switch (key.toLowerCase()) {
    case "j":
      code(rows[Math.min(at + 1, rows.length - 1)])?.focus();
      break;
    case "k":
      code(rows[Math.max(at - 1, 0)])?.focus();
      break;
    case "x":
      row
        ?.querySelector("input[type=checkbox]")
        ?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey: key === "X" }));
      break;
    case "c":
      code(row)?.click();
      break;
    case "e": {
      const menu = row?.querySelector<HTMLButtonElement>("td:last-child button");
      if (menu) edit(menu.value);
    }
  }
}
