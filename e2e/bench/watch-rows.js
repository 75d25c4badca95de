// Runs in the measured page before its own scripts. `sinceOpened(code)` and `sinceInput(code)` resolve when that code is the
// first row's and was shown: with the milliseconds since the navigation began, or since the last input, until the frame with
// it was on the screen, as the browser itself tells (Element Timing). Null is whatever is shown first.
{
  let input = 0;
  for (const type of ["pointerup", "keydown"]) {
    addEventListener(type, (event) => (input = event.timeStamp), { capture: true });
  }
  /** When the code of each first row was shown. @type {Map<string, number>} */
  const shown = new Map();
  /** @type {Set<() => void>} */
  const waiting = new Set();
  const first = new Promise((resolve) => {
    new PerformanceObserver((list) => {
      for (const { name, startTime } of list.getEntries()) if (name === "first-contentful-paint") resolve(startTime);
    }).observe({ type: "paint", buffered: true });
  });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { element, renderTime } =
        /** @type {PerformanceEntry & { element: Element | null, renderTime: number }} */ (entry);
      if (element instanceof HTMLButtonElement) shown.set(element.value, renderTime);
    }
    for (const look of waiting) look();
  }).observe({ type: "element", buffered: true });
  const firstCode = () =>
    /** @type {HTMLButtonElement | null} */ (document.querySelector("tbody tr:first-child .cell-copy"));
  // The code of a row that becomes the first is marked before the browser draws it.
  new MutationObserver(() => {
    const code = firstCode();
    if (code && !code.hasAttribute("elementtiming")) code.setAttribute("elementtiming", "code");
  }).observe(document, { childList: true, subtree: true });
  /** @param {string} code @returns {Promise<number>} */
  const shownAt = (code) =>
    new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error(`${code} was not shown for 10 s`)), 10_000);
      const look = () => {
        const at = shown.get(code);
        if (at === undefined || firstCode()?.value !== code) return;
        waiting.delete(look);
        resolve(at);
      };
      waiting.add(look);
      look();
    });
  Object.assign(globalThis, {
    /** @param {string | null} code */
    sinceOpened: (code) => (code === null ? first : shownAt(code)),
    /** @param {string} code */
    sinceInput: async (code) => (await shownAt(code)) - input,
  });
}
