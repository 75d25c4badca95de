const gap = 4;
const margin = 8;

/**
 * Puts a fixed popup under a button, their right edges in line; above it where there is more room, and always inside
 * the window. Follows the button while the page scrolls. Shows the popup, which is invisible until then.
 * @returns a function that stops following
 */
export function placeBeside(popup: HTMLElement, button: HTMLElement): () => void {
  function place() {
    const at = button.getBoundingClientRect();
    const below = innerHeight - at.bottom - gap - margin;
    const above = at.top - gap - margin;
    popup.style.maxHeight = "";
    const { width, height } = popup.getBoundingClientRect();
    const upwards = height > below && above > below;
    const room = Math.max(upwards ? above : below, 96);
    const shown = Math.min(height, room);
    popup.style.maxHeight = `${room}px`;
    popup.style.top = `${upwards ? at.top - gap - shown : at.bottom + gap}px`;
    popup.style.left = `${Math.max(margin, Math.min(at.right - width, innerWidth - width - margin))}px`;
    popup.style.visibility = "visible";
  }
  place();
  addEventListener("scroll", place, { capture: true, passive: true });
  addEventListener("resize", place);
  return () => {
    removeEventListener("scroll", place, { capture: true });
    removeEventListener("resize", place);
    popup.style.visibility = "";
  };
}
