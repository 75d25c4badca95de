import { CopyButton } from "@/components/ui/copy-button";

/** Lines of code under a title, to be copied. @param of what it is an example of, for who hears the page */
export function CodeBlock({ title, of, code }: { title: string; of: string; code: string }) {
  return (
    <figure className="min-w-0 overflow-hidden rounded-md border bg-panel">
      <figcaption className="flex items-center justify-between gap-2 border-b border-hairline px-3 py-1 text-sm text-mute">
        {title}
        <span className="scripted">
          <CopyButton value={code} label={`${title}: ${of}`}>
            Copy
          </CopyButton>
        </span>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (axe scrollable-region-focusable). */}
      <pre tabIndex={0} className="mono overflow-x-auto px-3 py-2 text-sm">
        <code>{code}</code>
      </pre>
    </figure>
  );
}
