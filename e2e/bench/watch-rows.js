// Runs in the measured page before its own scripts. `sinceInput(code)` resolves when that code is the first row's and was shown:
// with the milliseconds since the last input until the frame with it was on the screen, as the browser itself tells (Element
// Timing). `sinceOpened(rows)` resolves with the milliseconds since the navigation began until the frame after which that many
// rows stood on the screen or below it; for no rows, until anything was shown.
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
  /** When so many rows stood in a frame that was drawn. @type {[rows: number, time: number][]} */
  const grown = [];
  // The code of a row that becomes the first is marked before the browser draws it.
  new MutationObserver(() => {
    const code = firstCode();
    if (code && !code.hasAttribute("elementtiming")) code.setAttribute("elementtiming", "code");
    const rows = document.querySelectorAll("tbody th .cell-copy").length;
    if (rows === (grown.at(-1)?.[0] ?? 0)) return;
    const entry = /** @type {[number, number]} */ ([rows, Number.POSITIVE_INFINITY]);
    grown.push(entry);
    requestAnimationFrame(() => setTimeout(() => (entry[1] = performance.now())));
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
    /** @param {number} rows @returns {Promise<number>} */
    sinceOpened: async (rows) => {
      if (rows === 0) return first;
      for (;;) {
        const at = grown.find(([many, time]) => many >= rows && time < Number.POSITIVE_INFINITY)?.[1];
        if (at !== undefined) return at;
        if (performance.now() > 10_000) throw new Error(`${rows} rows were not shown for 10 s`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    /** @param {string} code */
    sinceInput: async (code) => (await shownAt(code)) - input,
  });
}
