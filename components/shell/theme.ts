export type Theme = "light" | "dark" | "system";

/** Where the choice is remembered. Absent means system. */
const themeKey = "theme";

/**
 * Runs before the first paint, so that a chosen theme does not flash. Without a choice, or with storage refused,
 * nothing is set and the system's scheme holds.
 */
export const themeScript = `try{const t=localStorage.getItem("${themeKey}");if(t==="light"||t==="dark")document.documentElement.dataset.theme=t}catch{}`;

/** Applies and remembers a choice. */
export function applyTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    if (theme === "system") localStorage.removeItem(themeKey);
    else localStorage.setItem(themeKey, theme);
  } catch {
    // Storage is refused: the choice holds for this page.
  }
}
