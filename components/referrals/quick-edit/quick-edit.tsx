"use client";

import Link from "next/link";
import { useCallback, useEffect, useRef, useState } from "react";
import { useUndo } from "@/components/operations/undo/use-undo";
import { usePlan } from "@/components/operations/use-plan";
import { readEdit } from "@/components/referrals/edit/edit-state";
import { byControl } from "@/components/referrals/edit/values";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { CampaignIds } from "@/lib/access/scope";
import type { AttributeDefinition } from "@/lib/attributes/rules";
import { formatCount } from "@/lib/format";
import { planEditAction } from "@/lib/operations/actions";
import type { AppliedOperation } from "@/lib/operations/apply";
import type { Quick } from "./quick";
import { QuickField } from "./quick-field";
import { QuickPlan } from "./quick-plan";

type QuickEditProps = {
  scope: CampaignIds;
  quick: Quick;
  attributes: AttributeDefinition[];
  zone: string;
  onDone: () => void;
};

const typingPause = 250;

/** Changes one value of codes: the value, what it will come to, and the button that does exactly that. */
export function QuickEdit(props: QuickEditProps) {
  const { attributes, zone, onDone } = props;
  // as it was asked for when the panel opened: reading the page again plans nothing
  const [{ scope, quick }] = useState(props);
  const { kind, selection, formPath } = quick;
  const [field, setField] = useState<string>(kind === "attribute" ? "" : kind);
  const [text, setText] = useState("");
  const { tell } = useUndo(scope);
  const onApplied = useCallback(
    ({ operationId, changed, running }: AppliedOperation) => {
      if (running) toast.message(`Changing ${formatCount(changed, "code")} in the background`);
      else tell(operationId, `Changed ${formatCount(changed, "code")}`);
      onDone();
    },
    [tell, onDone],
  );
  const planning = usePlan(scope, onApplied);
  const { plan, makePlan, outdate, clear, apply } = planning;

  const { changes, problems } = readEdit(field ? { [field]: { do: "set", text } } : {}, attributes, zone);
  const asked = changes && JSON.stringify(changes);
  useEffect(() => {
    if (!asked) return clear();
    outdate();
    const timer = setTimeout(() => {
      makePlan((replaces) => planEditAction({ scope, selection, changes: JSON.parse(asked), replaces }));
    }, typingPause);
    return () => clearTimeout(timer);
  }, [asked, scope, selection, makePlan, outdate, clear]);

  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>("input, select")?.focus(), []);
  const refused = byControl(planning.failure?.fields ?? {})[field];
  const ready = plan !== null && plan.changed > 0 && plan.approvalAbove === null && !planning.planning;
  return (
    <form
      ref={form}
      noValidate
      autoComplete="off"
      className="flex w-80 max-w-full flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !planning.applying) void apply();
      }}
    >
      <QuickField
        {...{ kind, field, text, attributes, zone }}
        problem={problems[field] ?? refused}
        onText={setText}
        onField={(chosen) => {
          setField(chosen);
          setText("");
        }}
      />
      <QuickPlan planning={planning} toldAbove={refused !== undefined} />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button type="submit" variant="primary" pending={planning.applying} disabled={!ready}>
          Change {ready ? formatCount(plan.changed, "code") : "codes"}
        </Button>
        <Link href={formPath} prefetch={false} className="link">
          More fields
        </Link>
      </div>
    </form>
  );
}
