import type { ReactNode } from "react";
import { FieldSteps, fieldLabel, fieldValueText, inFormOrder } from "@/components/operations/field-value";
import { effectVerb } from "@/components/operations/operation-text";
import { Banner } from "@/components/ui/banner";
import { cx } from "@/components/ui/cx";
import type { Reading } from "@/lib/attributes/titles";
import { formatCount, formatDateTime, formatNumber } from "@/lib/format";
import { refusalText } from "@/lib/operations/reasons";
import type { Meanwhile, OperationSummary, Plan } from "@/lib/operations/rules";
import type { OperationEffect } from "@/lib/operations/schema";

type Counts = Pick<Plan, "changed" | "same" | "refused" | "effect">;

/** What a plan found: counts, old → new, what is refused and why, and what else it means. `past` tells it of an applied one. */
export function PlanView({
  plan,
  reading,
  past,
}: {
  plan: Counts & { summary: OperationSummary; meanwhile?: Meanwhile[] };
  reading: Reading;
  past?: boolean;
}) {
  const { summary } = plan;
  return (
    <div className="flex flex-col gap-4">
      {plan.meanwhile?.map((other) => (
        <MeanwhileNote key={other.operationId} other={other} reading={reading} />
      ))}
      <PlanCounts plan={plan} past={past} />
      {summary.steps.length > 0 && <Steps summary={summary} reading={reading} />}
      <Consequences plan={plan} past={past} />
      {summary.refusals.map(({ refusal, count, codes }) => (
        <Note key={refusal} tone="bad">
          {refusalText(refusal, count)} {count === 1 ? "It stays" : "They stay"} as {count === 1 ? "it is" : "they are"}
          : <Codes codes={codes} count={count} />
        </Note>
      ))}
      {summary.kept.map(({ field, count, codes }) => (
        <Note key={field} tone="warn">
          {fieldLabel(field, reading)} of {formatCount(count, "code")} was changed since by someone else and is left:{" "}
          <Codes codes={codes} count={count} />
        </Note>
      ))}
      {!past && summary.samples.length > 0 && summary.steps.length > 0 && (
        <Samples summary={summary} reading={reading} />
      )}
    </div>
  );
}

function PlanCounts({ plan, past }: { plan: Counts; past?: boolean }) {
  const verb: Record<OperationEffect, string> = past
    ? { create: "brought back", edit: "changed", delete: "deleted" }
    : { create: "will come back", edit: "will change", delete: "will be deleted" };
  const deletes = plan.effect === "delete";
  return (
    <div className="flex flex-col gap-3">
      <dl className="num flex flex-wrap gap-x-7 gap-y-2">
        <Count value={plan.changed} label={verb[plan.effect]} />
        {plan.effect === "edit" && <Count value={plan.same} label={past ? "were so already" : "already so"} />}
        <Count value={plan.refused} label={past ? "left alone" : "refused"} bad={plan.refused > 0} />
      </dl>
      <div aria-hidden="true" className="flex h-1.5 gap-0.5 overflow-hidden rounded-full forced-fill">
        <i className={cx("min-w-0", deletes ? "bg-bad" : "bg-accent")} style={{ flex: plan.changed }} />
        <i className="min-w-0 bg-line" style={{ flex: plan.same }} />
        {plan.refused > 0 && (
          <i className={cx("min-w-1", deletes ? "bg-edge" : "bg-bad")} style={{ flex: plan.refused }} />
        )}
      </div>
    </div>
  );
}

function Count({ value, label, bad }: { value: number; label: string; bad?: boolean }) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-sm text-mute">{label}</dt>
      <dd className={`text-2xl font-semibold tracking-tight ${bad ? "text-bad" : ""}`}>{formatNumber(value)}</dd>
    </div>
  );
}

function Steps({ summary, reading }: { summary: OperationSummary; reading: Reading }) {
  const fields = inFormOrder([...new Set(summary.steps.map((step) => step.field))], reading);
  return (
    <div className="overflow-x-auto rounded-lg border">
      <table className="num w-full">
        <caption className="sr-only">Old and new values with the number of codes</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Now</th>
            <th scope="col">Then</th>
            <th scope="col">Codes</th>
          </tr>
        </thead>
        {fields.map((field) => (
          <tbody key={field} className="border-b last:border-0">
            {summary.steps
              .filter((step) => step.field === field)
              .map((step, index) => (
                <tr key={JSON.stringify([step.before, step.after])}>
                  <th scope="row" className="px-3 py-1.5 text-left align-top font-medium">
                    <span className={index > 0 ? "sr-only" : ""}>{fieldLabel(field, reading)}</span>
                  </th>
                  <td className="px-2 py-1.5 align-top text-mute [overflow-wrap:anywhere]">
                    {fieldValueText(field, step.before, reading)}
                  </td>
                  <td className="px-2 py-1.5 align-top [overflow-wrap:anywhere]">
                    <span aria-hidden="true" className="mr-2 text-faint">
                      →
                    </span>
                    {fieldValueText(field, step.after, reading)}
                  </td>
                  <td className="px-3 py-1.5 text-right align-top text-mute">{formatNumber(step.count)}</td>
                </tr>
              ))}
            {summary.more[field] && (
              <tr>
                <td />
                <td colSpan={2} className="px-2 py-1.5 text-mute">
                  {formatCount(summary.more[field].pairs, "more value")}
                </td>
                <td className="px-3 py-1.5 text-right text-mute">{formatNumber(summary.more[field].count)}</td>
              </tr>
            )}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function Consequences({ plan, past }: { plan: Counts & { summary: OperationSummary }; past?: boolean }) {
  const { redeemed, revived, ended } = plan.summary;
  const verb = effectVerb[plan.effect].done;
  return (
    <>
      {plan.effect === "delete" && redeemed.codes > 0 && (
        <Note tone="warn">
          {formatCount(redeemed.codes, "code")} with {formatCount(redeemed.redemptions, "redemption")}{" "}
          {past ? "were" : "will be"} {verb}; the redemptions themselves stay on record:{" "}
          <Codes codes={redeemed.named} count={redeemed.codes} />
        </Note>
      )}
      {!past && revived > 0 && (
        <Note tone="warn">
          {formatCount(revived, "code")} that {revived === 1 ? "has" : "have"} expired will be valid again.
        </Note>
      )}
      {!past && ended > 0 && (
        <Note tone="warn">
          {formatCount(ended, "code")} that {ended === 1 ? "is" : "are"} valid now or later will have expired.
        </Note>
      )}
    </>
  );
}

function Samples({ summary, reading }: { summary: OperationSummary; reading: Reading }) {
  return (
    <details>
      <summary className="min-h-6 text-mute">Examples</summary>
      <ul className="mt-1 flex flex-col divide-y divide-hairline">
        {summary.samples.map((sample) => (
          <li key={sample.referralId} className="flex flex-wrap items-center gap-x-4 py-1">
            <span className="mono">{sample.code}</span>
            <FieldSteps before={sample.before} after={sample.after} reading={reading} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function MeanwhileNote({ other, reading }: { other: Meanwhile; reading: Reading }) {
  return (
    <Banner tone="warning" title="Changed since you opened this form">
      Operation {other.operationId} ({other.kind}, by {other.actor},{" "}
      {formatDateTime(new Date(other.applied), reading.timeZone)}) changed{" "}
      {other.codes === 1 ? other.example.code : formatCount(other.codes, "of these codes", "of these codes")}
      {other.codes === 1 && <FieldSteps before={other.example.before} after={other.example.after} reading={reading} />}
    </Banner>
  );
}

/** A remark beside the counts: a coloured edge, and words that say all of it. */
function Note({ tone, children }: { tone: "warn" | "bad"; children: ReactNode }) {
  const tones = { warn: "border-warn bg-warn-soft", bad: "border-bad bg-bad-soft" };
  return <p className={`rounded-r-md border-l-2 px-3 py-1.5 ${tones[tone]}`}>{children}</p>;
}

function Codes({ codes, count }: { codes: string[]; count: number }) {
  return (
    <>
      <span className="mono [overflow-wrap:anywhere]">{codes.join(", ")}</span>
      {count > codes.length && ` and ${formatNumber(count - codes.length)} more`}
    </>
  );
}
