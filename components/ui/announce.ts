/** The id of the live region that the root layout renders. */
export const announcerId = "announcer";

/** Has a screen reader say `message` when it has finished what it is saying. Shows nothing. */
export function announce(message: string): void {
  const region = document.getElementById(announcerId);
  if (!region) return;
  // The same words twice are silent unless the region changes in between.
  region.textContent = region.textContent === message ? `${message}\u00a0` : message;
}
