/** What a request was answered. */
export interface Told {
  status: string;
  milliseconds: number;
  headers: [string, string][];
  text: string;
}

/** An answer: status, headers and body, said when it comes. */
export function TryAnswer({ told, of }: { told: Told | null; of: string }) {
  return (
    <>
      <p role="status" className="font-medium">
        {told && (
          <>
            {told.status} <span className="num font-normal text-mute">{told.milliseconds} ms</span>
          </>
        )}
      </p>
      {told && told.headers.length > 0 && (
        <details>
          <summary className="w-fit text-mute hover:text-ink">Headers</summary>
          <Text label={`Headers of the answer of ${of}`}>
            {told.headers.map((header) => header.join(": ")).join("\n")}
          </Text>
        </details>
      )}
      {told && told.text !== "" && <Text label={`Answer of ${of}`}>{told.text}</Text>}
    </>
  );
}

function Text({ label, children }: { label: string; children: string }) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (axe scrollable-region-focusable).
      tabIndex={0}
      className="mono mt-1 max-h-96 overflow-auto rounded-md border bg-panel px-3 py-2 text-sm whitespace-pre"
    >
      {children}
    </section>
  );
}
