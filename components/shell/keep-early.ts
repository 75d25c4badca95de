/** Says on the window that React has taken the page over. */
export const takenOver = "takenover";

/**
 * React takes a control over as it finds it, and never learns what somebody typed, ticked or chose before. So controls that
 * change before they are React's are remembered, and changed once more when they are; a form that is sent too early is sent then,
 * instead of by the browser, which would leave the page. Runs in the page first, as text: it may use nothing from around it.
 */
function keepEarly(over: string): void {
  type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
  /** How what was done is done again. */
  const early = new Map<Element, () => void>();
  let mayGive = false;
  // React marks each element that is its own; what lies in markup that it does not look into is taken over with that.
  const isTaken = (element: Element) =>
    Object.keys(element.closest("[data-markup]") ?? element).some((name) => name.startsWith("__reactProps"));

  function changeOf(control: Control): () => void {
    const { type, value } = control;
    if (control instanceof HTMLInputElement && (type === "checkbox" || type === "radio")) {
      const { checked } = control;
      return () => {
        control.checked = !checked;
        control.click();
      };
    }
    return () => {
      if (type !== "file") {
        const caret = "selectionStart" in control ? control.selectionStart : null; // null also where there is none, as in a number
        const end = "selectionEnd" in control ? control.selectionEnd : null;
        // React notes what is set on the control itself, and compares: what the browser's own setter sets is news to it.
        if ("defaultValue" in control) control.value = control.defaultValue;
        Reflect.set(Object.getPrototypeOf(control), "value", value, control);
        if ("setSelectionRange" in control && caret !== null) control.setSelectionRange(caret, end);
      }
      for (const event of ["input", "change"]) control.dispatchEvent(new Event(event, { bubbles: true }));
    };
  }

  function give(): void {
    for (const [element, again] of early) {
      if (element.isConnected && !isTaken(element)) continue;
      early.delete(element);
      if (element.isConnected) again();
    }
    if (early.size > 0) setTimeout(give, 50);
  }

  function remember(event: Event): void {
    const { target } = event;
    if (!(target instanceof Element) || (isTaken(target) && !early.has(target))) return;
    early.delete(target); // the latest comes last
    if (target instanceof HTMLFormElement) {
      event.preventDefault();
      early.set(target, () => target.requestSubmit((event as SubmitEvent).submitter));
    } else early.set(target, changeOf(target as Control));
    if (mayGive) setTimeout(give);
  }

  for (const type of ["input", "change", "submit"]) addEventListener(type, remember, true);
  addEventListener(over, () => {
    mayGive = true;
    setTimeout(give); // what React is asked while it is at work, it does later
  });
}

export const keepEarlyScript = `(${keepEarly})(${JSON.stringify(takenOver)});`;
