// Runs in the measured page before its own scripts. `sinceOpened(code)` and `sinceInput(code)` resolve when a frame with
// that code in the first row was painted: with the milliseconds since the navigation began, or since the last input.
{
  let input = 0;
  for (const type of ["pointerup", "keydown"]) {
    addEventListener(type, (event) => (input = event.timeStamp), { capture: true });
  }
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  /** @param {string} code */
  const shown = async (code) => {
    for (;;) {
      await frame();
      const row = document.querySelector("tbody tr");
      if (row?.textContent?.includes(code) && row.getBoundingClientRect().height > 0) break;
    }
    await frame(); // the next frame begins when the one with the row is painted
    return performance.now();
  };
  Object.assign(globalThis, {
    sinceOpened: shown,
    /** @param {string} code */
    sinceInput: async (code) => (await shown(code)) - input,
  });
}
