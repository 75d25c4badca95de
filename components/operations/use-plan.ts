"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";
import { unreachable } from "@/components/forms/unreachable";
import { wrongAnswer } from "@/components/forms/wrong-answer";
import { startedEvent } from "@/components/operations/use-progress";
import type { CampaignIds } from "@/lib/access/scope";
import type { ActionResult } from "@/lib/action";
import { withBase } from "@/lib/base-path";
import type { Failure } from "@/lib/failure";
import { applyPlanAction } from "@/lib/operations/actions";
import type { AppliedOperation } from "@/lib/operations/apply";
import type { Drift, Plan, Underway } from "@/lib/operations/rules";

/** Where a form stands: nothing planned, planning, a plan to confirm, a refusal; `stale` stays until the next try. */
interface PlanState {
  plan: Plan | null;
  planning: boolean;
  /** How far a large plan is that is made in the background. */
  underway: Underway | null;
  applying: boolean;
  failure: Failure | null;
  stale: { message: string; drift: { total: number; rows: Drift[] } } | null;
}

const idle: PlanState = { plan: null, planning: false, underway: null, applying: false, failure: null, stale: null };

/**
 * Plans by `request` and applies what was shown. Of several plans asked for, the latest wins. When rows changed before
 * applying, says which and plans again; nothing is applied until the new plan is confirmed.
 */
export function usePlan(
  scope: CampaignIds,
  onApplied: (operation: AppliedOperation) => void,
  /** When the form read what it shows: a plan names what others changed since. */
  openedAt: string | null = null,
) {
  const router = useRouter();
  const [state, setState] = useState(idle);
  const latest = useRef(0);
  const lastPlan = useRef<string | null>(null);
  const request = useRef<((replaces: string | null) => Promise<ActionResult<Plan>>) | null>(null);
  const left = useRef(false);
  useEffect(() => {
    left.current = false;
    return () => {
      left.current = true; // nobody waits for the plan any more, nor wants to be led to what was applied
      latest.current += 1;
    };
  }, []);

  const plan = useCallback(
    async (ask: (replaces: string | null) => Promise<ActionResult<Plan>>) => {
      request.current = ask;
      latest.current += 1;
      const turn = latest.current;
      setState((now) => ({ ...now, planning: true, failure: null }));
      let result = await ask(lastPlan.current).catch(unreachable);
      if (result.ok) lastPlan.current = result.data.planId;
      while (result.ok && result.data.underway && turn === latest.current) {
        const { underway } = result.data;
        setState((now) => ({ ...now, underway }));
        result = (await laterPlan(scope, result.data.planId, openedAt)) ?? result;
      }
      if (turn !== latest.current) return;
      setState((now) => ({
        ...now,
        planning: false,
        underway: null,
        plan: result.ok ? result.data : null,
        failure: result.ok ? null : result,
      }));
    },
    [scope, openedAt],
  );

  /** The form says something else than the plan: it cannot be applied until the next one is there. */
  const outdate = useCallback(() => {
    latest.current += 1;
    setState((now) => ({ ...now, planning: true }));
  }, []);

  /** Forgets the plan, because the form no longer says what was planned. */
  const clear = useCallback(() => {
    latest.current += 1;
    setState(idle);
  }, []);

  /** Nothing was done with the plan; whether it needs approval is as the refusal says, if it does. */
  const fail = useCallback((failure: Failure) => {
    const { approvalAbove } = (failure.details ?? {}) as Partial<Pick<Plan, "approvalAbove">>;
    setState(({ plan: shown, ...now }) => ({
      ...now,
      ...{ applying: false, failure },
      plan: shown && approvalAbove !== undefined ? { ...shown, approvalAbove } : shown,
    }));
  }, []);

  const apply = useCallback(async () => {
    const planId = lastPlan.current;
    if (!planId) return;
    setState((now) => ({ ...now, applying: true, failure: null, stale: null }));
    const result = await applyPlanAction({ scope, planId }).catch(unreachable);
    if (result.ok) {
      if (result.data.running) window.dispatchEvent(new Event(startedEvent));
      if (!left.current) onApplied(result.data);
      return;
    }
    if (result.code === "stale" && request.current) {
      const drift = (result.details as { total: number; rows: Drift[] } | undefined) ?? { total: 0, rows: [] };
      setState((now) => ({ ...now, applying: false, stale: { message: result.message, drift } }));
      router.refresh();
      await plan(request.current);
      return;
    }
    fail(result);
  }, [scope, onApplied, plan, router, fail]);

  return { ...state, scope, makePlan: plan, outdate, clear, apply, fail };
}

/** How a large plan stands half a second later; null where the server is out of reach, because the plan goes on without us. */
async function laterPlan(
  scope: CampaignIds,
  planId: string,
  openedAt: string | null,
): Promise<ActionResult<Plan> | null> {
  await new Promise((resolve) => setTimeout(resolve, 500));
  const { applicationId, campaignId } = scope;
  try {
    const path = `/applications/${applicationId}/campaigns/${campaignId}/operations/${planId}/plan`;
    const response = await fetch(withBase(openedAt ? `${path}?openedAt=${encodeURIComponent(openedAt)}` : path));
    const type = response.headers.get("content-type");
    const { status, redirected } = response;
    if (!type?.startsWith("application/json"))
      return status >= 502
        ? null
        : { ok: false, code: "unavailable", message: wrongAnswer({ status, type, redirected }) };
    const answer = await response.json();
    if (response.ok) return { ok: true, data: answer };
    return answer.code === "unavailable" ? null : answer;
  } catch {
    return null;
  }
}
