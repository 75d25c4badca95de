import { charactersProblem, codeSpace, patternProblem, sampleCodes } from "@/lib/codes/generator";
import type { CaseRule } from "@/lib/codes/rules";
import { formatMagnitude } from "@/lib/format";

type CodePreviewProps = { pattern: string; characters: string; caseRule: CaseRule };

/** What codes of this pattern look like and how many there can be; nothing while either has a problem. */
export function CodePreview({ pattern, characters, caseRule }: CodePreviewProps) {
  if (patternProblem(pattern) || charactersProblem(characters, caseRule)) {
    return <p className="text-sm text-mute">Examples appear once pattern and characters are right.</p>;
  }
  const space = codeSpace(pattern, characters, caseRule);
  return (
    <div className="rounded-md border bg-panel px-3 py-2.5">
      <p className="num">
        <span className="font-medium">{formatMagnitude(space.capacity)}</span>{" "}
        <span className="text-mute">different codes are possible, such as</span>
      </p>
      <ul aria-label="Examples" className="mt-1.5 flex flex-wrap gap-x-4 gap-y-1">
        {sampleCodes(space, 5).map((code) => (
          <li key={code} className="mono [overflow-wrap:anywhere]">
            {code}
          </li>
        ))}
      </ul>
    </div>
  );
}
