// Runs in the measured page before its own scripts. `sinceOpened(codes)` and `sinceInput(codes)` resolve when those codes are
// the rows of the table, all of them: with the milliseconds since the navigation began, or since the last input, until the
// frame with them was on the screen. For the first row the browser itself tells when that was (Element Timing), for those below
// it the task after that frame does. Null is whatever is shown first.
{
  let input = 0;
  for (const type of ["pointerup", "keydown"]) {
    addEventListener(type, (event) => (input = event.timeStamp), { capture: true });
  }
  /** When the code of each first row was shown. @type {Map<string, number>} */
  const shown = new Map();
  /** When these rows stood in a frame that was drawn, by their codes. @type {Map<string, number>} */
  const drawn = new Map();
  /** @type {Set<() => void>} */
  const waiting = new Set();
  const lookAgain = () => {
    for (const look of waiting) look();
  };
  const first = new Promise((resolve) => {
    new PerformanceObserver((list) => {
      for (const { name, startTime } of list.getEntries()) if (name === "first-contentful-paint") resolve(startTime);
    }).observe({ type: "paint", buffered: true });
  });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { element, renderTime } =
        /** @type {PerformanceEntry & { element: Element | null, renderTime: number }} */ (entry);
      if (element instanceof HTMLButtonElement) shown.set(element.textContent, renderTime);
    }
    lookAgain();
  }).observe({ type: "element", buffered: true });
  let standing = "";
  // Codes are marked before the browser draws them: one that becomes the first may have stood below it before, drawn or not.
  new MutationObserver(() => {
    const buttons = /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll("tbody th .cell-copy")]);
    for (const code of buttons) if (!code.hasAttribute("elementtiming")) code.setAttribute("elementtiming", "code");
    const rows = buttons.map(({ textContent }) => textContent).join();
    if (rows === standing) return;
    standing = rows;
    drawn.delete(rows);
    requestAnimationFrame(() =>
      setTimeout(() => {
        if (!drawn.has(rows)) drawn.set(rows, performance.now());
        lookAgain();
      }),
    );
  }).observe(document, { childList: true, subtree: true, characterData: true });
  /** @param {string[]} codes @returns {Promise<number>} */
  const shownAt = (codes) =>
    new Promise((resolve, reject) => {
      const rows = codes.join();
      setTimeout(() => reject(new Error(`${codes.length} rows from ${codes[0]} were not shown for 10 s`)), 10_000);
      const look = () => {
        const times = [shown.get(codes[0] ?? ""), drawn.get(rows)];
        if (rows !== standing || times.includes(undefined)) return;
        waiting.delete(look);
        resolve(Math.max(.../** @type {number[]} */ (times)));
      };
      waiting.add(look);
      look();
    });
  Object.assign(globalThis, {
    /** @param {string[] | null} codes */
    sinceOpened: (codes) => (codes === null ? first : shownAt(codes)),
    /** @param {string[]} codes */
    sinceInput: async (codes) => (await shownAt(codes)) - input,
  });
}
