import { Fragment } from "react";
import { cx } from "@/components/ui/cx";

/** A text of the description as it is read: paragraphs, lists and code, the way Markdown writes them. */
export function Prose({ text, className }: { text: string; className?: string }) {
  return (
    <div className={cx("flex max-w-prose flex-col gap-2 text-pretty [overflow-wrap:anywhere]", className)}>
      {text.split(/\n\n+/).map((block) =>
        block.startsWith("- ") ? (
          <ul key={block} className="flex list-disc flex-col gap-1 pl-5">
            {block.split("\n").map((line) => (
              <li key={line}>
                <Inline text={line.replace(/^- /, "")} />
              </li>
            ))}
          </ul>
        ) : (
          <p key={block}>
            <Inline text={block} />
          </p>
        ),
      )}
    </div>
  );
}

/** A line of text with code between backticks. */
export function Inline({ text }: { text: string }) {
  return text.split("`").map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text do not move.
      <code key={index} className="mono rounded-sm bg-sunk px-1">
        {part}
      </code>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text do not move.
      <Fragment key={index}>{part}</Fragment>
    ),
  );
}
