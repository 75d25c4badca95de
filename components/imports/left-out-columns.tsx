import { Fact } from "@/components/ui/facts";
import { formatCount, formatNumber } from "@/lib/format";
import { lossNamed } from "@/lib/imports/column-names";
import type { LeftOut } from "@/lib/imports/file-facts";

type Props = {
  leftOut: LeftOut[];
  /** Whether the codes have all that is left out already. */
  lossless: boolean;
};

/** What an import does not take, told by what it holds: friends and redemptions in words, other columns by their values. */
export function LeftOutColumns({ leftOut, lossless }: Props) {
  const lossOf = (column: LeftOut) => (lossless ? null : lossText(column));
  const losses = leftOut.flatMap((column) => lossOf(column) ?? []);
  const others = leftOut.filter((column) => column.values === null || lossOf(column) === null);
  return (
    <>
      {losses.length > 0 && (
        <Fact name="Not imported">
          {losses.map((loss) => (
            <p key={loss} className="font-medium text-warn">
              {loss}
            </p>
          ))}
        </Fact>
      )}
      {others.length > 0 && (
        <Fact name="Ignored columns">
          {others.map(({ column, values }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: names can be there twice, and the list does not change.
            <span key={index}>
              {index > 0 && ", "}
              <span className="mono">{column}</span>
              {values !== null && (
                <span className="text-mute"> ({values === 0 ? "empty" : formatCount(values, "value")})</span>
              )}
            </span>
          ))}
        </Fact>
      )}
    </>
  );
}

function lossText({ column, values, redemptions }: LeftOut): string | null {
  const kind = values ? lossNamed(column) : null;
  if (kind === "friends" && values) {
    return `${formatCount(values, "friend is", "friends are")} not imported: anybody can redeem ${values === 1 ? "that code" : "those codes"}.`;
  }
  if (kind === "redemptions" && redemptions) {
    return `${formatNumber(redemptions)} ${redemptions === 1 ? "redemption is" : "redemptions are"} not imported: the codes start unredeemed.`;
  }
  return null;
}
