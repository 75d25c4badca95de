// What needs scripts is not shown; codes, IDs and heads of columns stand in buttons, so these stay, as text.
const rules = `
  .scripted, form, dialog, input, select, button:not([aria-label^="Copy "], th button), th:has(> input), td:has(> input) { display: none !important; }
  button[aria-label^="Copy "], th button { pointer-events: none; }
  button[aria-label^="Copy "]::after, button[aria-label^="Copy "] > svg { display: none !important; }
`;

/** For browsers that run no scripts: pages can be read, and links followed; everything else is hidden, and this says so. */
export function Scriptless() {
  return (
    <noscript>
      <p className="border-b border-warn/30 bg-warn-soft px-4 py-2 text-ink">
        Scripts are switched off in this browser. Pages can be read here; searching, counting and changing anything
        needs scripts.
      </p>
      <style>{rules}</style>
    </noscript>
  );
}
