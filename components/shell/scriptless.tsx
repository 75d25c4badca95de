// Links to pages that are a form and nothing else.
const formLinks = ["/new", "/import", "/edit", "/delete", "/undo"]
  .flatMap((end) => [`[href$="${end}"]`, `[href*="${end}?"]`])
  .join();

// What needs scripts is not shown: plain forms do not. Codes, IDs, filters and heads of columns stand in buttons, so these stay, as text.
const asText = `[aria-label^="Copy "], [aria-label^="Edit filter: "], th button`;
const rules = `
  .scripted, search, form:not(.plain), dialog, input:not(.plain *), select, a:is(${formLinks}), button:not(${asText}, .plain *), th:has(> input), td:has(> input) { display: none !important; }
  button:is(${asText}) { pointer-events: none; }
  button[aria-label^="Edit filter: "] { padding-right: 0.625rem; }
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
