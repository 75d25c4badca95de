import type { AttributesReason } from "@/lib/attributes/reasons";

/** How many attributes an application can define, and so a code can have. */
export const attributesMax = 100;
/** How large the attributes of one code can be, as JSON in bytes of UTF-8. */
export const attributesBytesMax = 64_000;
/** More than any attribute needs, which is a list of values; beyond, reading and writing would run out of their stack. */
const depthMax = 10;

const encoder = new TextEncoder();

/** A text's size in bytes of UTF-8. */
export function byteSize(text: string): number {
  return encoder.encode(text).length;
}

/** What is wrong with a size in bytes of a code's attributes, or null. */
export function sizeProblem(bytes: number): AttributesReason | null {
  return bytes <= attributesBytesMax ? null : { reason: "attributes_large", bytes };
}

/** How many brackets of a JSON text are open at once at most. */
function depthOf(json: string): number {
  let [depth, deepest, quoted] = [0, 0, false];
  for (let at = 0; at < json.length; at += 1) {
    const character = json[at];
    if (quoted) {
      if (character === "\\") at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === "{" || character === "[") {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (character === "}" || character === "]") depth -= 1;
  }
  return deepest;
}

/** What is wrong with how deep the brackets of a JSON text go, or null. Takes one pass over the text. */
export function depthProblem(json: string): AttributesReason | null {
  const depth = depthOf(json);
  return depth <= depthMax ? null : { reason: "attributes_deep", depth };
}

/** Why a text is not to be parsed as the JSON of a code's attributes, or null. Takes one pass over the text. */
export function jsonProblem(json: string): AttributesReason | null {
  const tooLarge = sizeProblem(json.length > attributesBytesMax ? json.length : byteSize(json));
  return tooLarge ?? depthProblem(json);
}
