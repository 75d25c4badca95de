import { TriangleAlert } from "lucide-react";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { type CodeSpace, sampleCodes } from "@/lib/codes/generator";
import { type SpaceUse, saferPattern } from "@/lib/creations/rules";
import { formatMagnitude, formatNumber } from "@/lib/format";
import { guessText } from "./guess-text";

type CodeMeterProps = {
  space: CodeSpace;
  use: SpaceUse | null;
  busy: boolean;
  failed: boolean;
  /** How many codes the form would make. */
  wanted: number;
  onPatternChange: (pattern: string) => void;
};

/** What the pattern gives: five of its codes while any is free, how many there are, how many are used, and how hard one is to guess. */
export function CodeMeter({ space, use, busy, failed, wanted, onPatternChange }: CodeMeterProps) {
  const used = use?.used ?? 0;
  const usedUp = use?.exact === true && space.capacity <= BigInt(used);
  const safer = saferPattern(space, used, wanted);
  const unknown = failed ? "could not be read" : "…";
  return (
    <div className="flex flex-col gap-3 rounded-md border bg-panel px-3 py-2.5">
      {!usedUp && (
        <ul aria-label="Sample codes" className="flex flex-wrap gap-x-4 gap-y-1">
          {sampleCodes(space, 5).map((code) => (
            <li key={code} className="mono [overflow-wrap:anywhere]">
              {code}
            </li>
          ))}
        </ul>
      )}
      <Bar space={space} used={used} wanted={wanted} />
      <dl
        aria-busy={busy}
        className={cx(
          "num grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-0.5 transition-opacity",
          busy && use && "opacity-60",
        )}
      >
        <Fact name="Possible codes">{formatMagnitude(space.capacity)}</Fact>
        <Fact name="Used in this application">
          {use ? `${use.exact ? "" : "at most "}${formatNumber(use.used)}` : unknown}
        </Fact>
        <Fact name="A guess hits a valid code">{use ? guessText(space, used, wanted) : unknown}</Fact>
      </dl>
      {use && safer && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-t border-hairline pt-2.5">
          <span className="flex items-start gap-1.5 text-warn">
            <TriangleAlert aria-hidden="true" className="mt-0.5 size-3.5 shrink-0" />
            {space.capacity < BigInt(used + wanted) ? "Too little room." : "Easy to guess."}
          </span>
          <Button onClick={() => onPatternChange(safer)}>
            Use <span className="mono [overflow-wrap:anywhere] whitespace-normal">{safer}</span>
          </Button>
        </div>
      )}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: string }) {
  return (
    <>
      <dt className="text-mute">{name}</dt>
      <dd className="min-w-0 text-right sm:text-left">{children}</dd>
    </>
  );
}

/** Used, to be made, and free codes as one bar; the numbers beside it say the same. */
function Bar({ space, used, wanted }: { space: CodeSpace; used: number; wanted: number }) {
  const share = (codes: number) => `${Math.min(100, (codes * 100) / Number(space.capacity))}%`;
  return (
    <div aria-hidden="true" className="flex h-1.5 overflow-hidden rounded-full bg-sunk forced-fill">
      <div className="bg-edge" style={{ width: share(used) }} />
      <div className="bg-accent" style={{ width: share(wanted) }} />
    </div>
  );
}
