/** How long a form counts as sent where the page is not left, as after a download; in milliseconds. */
const sentFor = 10_000;

/**
 * A form that the browser itself sends is sent once until its answer comes: of two presses the browser would show the second one's
 * answer, and a link that lets somebody in once refuses that one. Runs in the page first, as text: it may use nothing from around it.
 */
function sendOnce(lasting: number): void {
  let sent = new WeakSet<EventTarget>();
  addEventListener("submit", (event) => {
    const { target: form } = event;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.method !== "post") return;
    if (sent.has(form)) return event.preventDefault();
    sent.add(form);
    setTimeout(() => sent.delete(form), lasting);
  });
  const forget = () => {
    sent = new WeakSet();
  };
  // Also told of a page that is shown for the first time, which may have sent a form by itself before.
  addEventListener("pageshow", ({ persisted }) => persisted && forget());
  // No answer comes: somebody chose to stay on the page when asked, or pressed Stop.
  window.navigation?.addEventListener("navigateerror", forget);
}

export const sendOnceScript = `(${sendOnce})(${sentFor});`;
