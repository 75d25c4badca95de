import { use } from "react";

/** How many codes the search and the filters leave, once they are counted; beside the chips that say what was asked. */
export function Matches({ matching }: { matching: Promise<string | null> }) {
  const count = use(matching);
  return count && <span className="num px-1 text-mute">{`${count} ${count === "1" ? "code" : "codes"}`}</span>;
}
