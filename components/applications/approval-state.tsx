import type { ApprovalSetting } from "@/lib/applications/approval";
import { formatCount } from "@/lib/format";

/** When changes of an application's codes need approval, in words; and that it cannot be given, where that is so. */
export function ApprovalState({ setting: { approvalAbove, approvers } }: { setting: ApprovalSetting }) {
  if (approvalAbove === null)
    return <p className="max-w-2xl text-mute">Off: whoever may change codes does so alone, however many they are.</p>;
  return (
    <>
      <p className="max-w-2xl">
        Changes of more than {formatCount(approvalAbove, "code")} wait until a second person approves them.
      </p>
      {approvers < 2 && (
        <p className="max-w-2xl text-warn">
          Fewer than two people can sign in and approve here now, so such changes cannot be made. Make somebody an
          editor or admin, or turn approval off.
        </p>
      )}
    </>
  );
}
