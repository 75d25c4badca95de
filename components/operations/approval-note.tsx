import { Banner } from "@/components/ui/banner";
import { formatDateTime } from "@/lib/format";
import type { Approval } from "@/lib/operations/approvals";
import { waitsFor } from "@/lib/operations/rules";
import { asLabel } from "@/lib/words";

type Props = { approval: Approval; zone: string };

/** “Ada (editor)”: somebody as they were then. */
function named(name: string | null, role: string | null): string {
  return role ? `${name} (${asLabel(role)})` : String(name);
}

/** That nothing was done: because it still waits for approval, or because it ended without. */
export function ApprovalNote({ approval, zone }: Props) {
  const { state, asked, decider, deciderRole, decided, reason } = approval;
  const on = decided && ` on ${formatDateTime(decided, zone)}`;
  if (state === "waiting")
    return (
      <Banner title="Waiting for approval">
        Nothing is changed before it is approved. Where nobody decides, it ends on{" "}
        {formatDateTime(new Date(asked.getTime() + waitsFor * 86_400_000), zone)}.
      </Banner>
    );
  if (state === "refused")
    return (
      <Banner tone="warning" title="Refused">
        {named(decider, deciderRole)} refused it{on}, so nothing was changed:{" "}
        <span className="whitespace-pre-wrap [overflow-wrap:anywhere]">{reason}</span>
      </Banner>
    );
  if (state === "withdrawn")
    return (
      <Banner tone="warning" title="Withdrawn">
        {named(decider, deciderRole)} withdrew it{on}, so nothing was changed.
      </Banner>
    );
  if (state === "undecided")
    return (
      <Banner tone="warning" title="Not decided">
        Nobody decided about it in time; it ended{on}, and nothing was changed.
      </Banner>
    );
  return null;
}

/** Who asked for a change, and who approved it, for its facts. */
export function approvalFacts({ approval, zone }: Props): { name: string; text: string }[] {
  const { state, note, asked, asker, askerRole, decider, deciderRole, decided } = approval;
  const facts = [{ name: "Asked for by", text: `${named(asker, askerRole)}, on ${formatDateTime(asked, zone)}` }];
  if (note) facts.push({ name: "Note", text: note });
  if (decided && state === "approved")
    facts.push({ name: "Approved by", text: `${named(decider, deciderRole)}, on ${formatDateTime(decided, zone)}` });
  if (state === "unneeded") facts.push({ name: "Approval", text: "The setting was changed before anybody decided." });
  return facts;
}
