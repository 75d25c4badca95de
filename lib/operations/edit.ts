import type { CampaignIds, Scope } from "@/lib/access/scope";
import { attributesBytesMax } from "@/lib/attributes/limits";
import { listAttributes } from "@/lib/attributes/queries";
import { attributeNameProblem, attributeProblems, unknownNames } from "@/lib/attributes/rules";
import { attributeField, type CodeFieldName, codeFieldNames, codeFields } from "@/lib/codes/fields";
import { columnOf } from "@/lib/codes/sql";
import { Prisma } from "@/lib/db";
import { invalidField, invalidFields } from "@/lib/errors";
import { instantRange } from "@/lib/instant";
import { type FormState, makePlan, type PlannedRows, type PlanRequest } from "@/lib/operations/plan";
import type { Plan } from "@/lib/operations/rules";
import { changesNothing, type EditChanges, type Selection } from "@/lib/operations/schema";
import { campaignForWriting } from "@/lib/operations/scope";
import { selected, sizeOf, within } from "@/lib/operations/target";
import { zoneProblem } from "@/lib/zone";
import { firstInstant } from "@/lib/zone-sql";

/** A field an edit touches: its name in the log, its value now and its value then, both as SQL over `referral r`. */
interface Touched {
  field: string;
  now: Prisma.Sql;
  next: Prisma.Sql;
}

type FieldInstruction = EditChanges[CodeFieldName];
const row = Prisma.sql`r`;

/** The next value of a field that holds `now`; dates move on the clocks of the application's zone. */
function nextValue(field: CodeFieldName, instruction: FieldInstruction, now: Prisma.Sql, zone: string): Prisma.Sql {
  const type = Prisma.raw(codeFields[field].type);
  if (instruction.do === "clear") return Prisma.sql`NULL::${type}`;
  if (instruction.do === "set") return Prisma.sql`${instruction.value}::${type}`;
  if (instruction.do === "raise")
    return Prisma.sql`CASE WHEN ${now} = 0 THEN 0 ELSE ${now} + ${instruction.by}::int END`;
  if (instruction.do === "leave") return now;
  const strange = zoneProblem(zone);
  if (strange) throw invalidField(["changes", field], { reason: "zone_to_change", zone: strange });
  const local = Prisma.sql`(${now} AT TIME ZONE ${zone})`;
  // Days are added on the wall clock, so that 14:00 stays 14:00 across a clock change.
  if (instruction.do === "shift")
    return firstInstant(Prisma.sql`(${local} + make_interval(days => ${instruction.days}::int))`, zone);
  // The first instant of the next month; a code that ends at the very start of a month ends with the one before.
  return Prisma.sql`CASE WHEN ${local} = date_trunc('month', ${local}) THEN ${now}
    ELSE ${firstInstant(Prisma.sql`(date_trunc('month', ${local}) + interval '1 month')`, zone)} END`;
}

function touchedFields(changes: EditChanges, zone: string): Touched[] {
  const touched: Touched[] = codeFieldNames
    .filter((field) => changes[field].do !== "leave")
    .map((field) => {
      const now = columnOf(field, row);
      return { field, now, next: nextValue(field, changes[field], now, zone) };
    });
  for (const [name, instruction] of Object.entries(changes.attributes)) {
    if (instruction.do === "leave") continue;
    const next =
      instruction.do === "set" ? Prisma.sql`${JSON.stringify(instruction.value)}::jsonb` : Prisma.sql`NULL::jsonb`;
    touched.push({ field: attributeField(name), now: Prisma.sql`r.attributes -> ${name}::text`, next });
  }
  return touched;
}

/** Only the fields whose value really changes, as one JSON object of either their present or their next values. */
function difference(touched: Touched[], side: "now" | "next"): Prisma.Sql {
  return Prisma.join(
    touched.map(
      (field) => Prisma.sql`CASE WHEN ${field.now} IS DISTINCT FROM ${field.next}
      THEN jsonb_build_object(${field.field}::text, ${field[side]}) ELSE '{}'::jsonb END`,
    ),
    " || ",
  );
}

function nextOf(touched: Touched[], field: CodeFieldName, otherwise = columnOf(field, row)): Prisma.Sql {
  return touched.find((candidate) => candidate.field === field)?.next ?? otherwise;
}

/** Shifting by days can leave the years that pages and CSV can write. */
function outOfRange(instant: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`NOT ${instant} BETWEEN ${instantRange.first}::timestamptz AND ${instantRange.last}::timestamptz`;
}

/** Values that are set can make a code's attributes larger than they may be, beside what it has. */
function attributesTooLarge(changes: EditChanges): Prisma.Sql {
  const set = Object.entries(changes.attributes).flatMap(([name, instruction]) =>
    instruction.do === "set" ? [[name, instruction.value] as const] : [],
  );
  if (set.length === 0) return Prisma.sql`false`;
  const next = Prisma.sql`r.attributes || ${JSON.stringify(Object.fromEntries(set))}::jsonb`;
  return Prisma.sql`octet_length((${next})::text) > greatest(${attributesBytesMax}::int, octet_length(r.attributes::text))`;
}

/** Why a row cannot take its next values; the same rules as the table's own checks. */
function refusalOf(touched: Touched[], changes: EditChanges): Prisma.Sql {
  const limit = nextOf(touched, "usageLimit");
  const from = nextOf(touched, "validFrom");
  const until = nextOf(touched, "validUntil");
  const friend = nextOf(touched, "friendIntegrationId", Prisma.sql`NULL::text`);
  return Prisma.sql`CASE
    WHEN ${changes.onlyUnredeemed} AND r.usage_counter > 0 THEN 'redeemed'
    WHEN ${limit} > 999999 THEN 'limit_too_high'
    WHEN ${limit} <> 0 AND ${limit} < r.usage_counter THEN 'limit_below_redemptions'
    WHEN ${outOfRange(from)} OR ${outOfRange(until)} THEN 'date_out_of_range'
    WHEN ${attributesTooLarge(changes)} THEN 'attributes_too_large'
    WHEN ${from} >= ${until} THEN 'start_not_before_end'
    WHEN ${friend} = r.advocate_integration_id THEN 'friend_is_advocate' END`;
}

async function checkAttributes(scope: Scope<"referrals.edit">, changes: EditChanges): Promise<void> {
  const definitions = await listAttributes(scope);
  const values: Record<string, unknown> = {};
  const names = Object.keys(changes.attributes);
  const unnamed = names.find((name) => attributeNameProblem(name) !== null);
  if (unnamed !== undefined) throw invalidField(["changes", "attributes"], unknownNames([unnamed], definitions));
  for (const [name, instruction] of Object.entries(changes.attributes)) {
    if (instruction.do === "set") values[name] = instruction.value;
  }
  const problems = attributeProblems(definitions, values);
  if (problems.length > 0) throw invalidFields(problems.map((one) => ({ ...one, field: ["changes", ...one.field] })));
}

/** The rows that an edit of the selected referrals writes; `zone` is the application's. */
export function editedRows(scope: CampaignIds, selection: Selection, changes: EditChanges, zone: string): PlannedRows {
  const touched = touchedFields(changes, zone);
  return (stretch) => Prisma.sql`
    SELECT r.id AS referral_id, r.code, ${difference(touched, "now")} AS before, ${difference(touched, "next")} AS after,
      NULL::jsonb AS kept, ${refusalOf(touched, changes)} AS refusal
    FROM referral r WHERE ${selected(scope, selection, stretch)} ${within(stretch, Prisma.sql`r.id`)}`;
}

/**
 * What a plan of an edit is made of.
 * @throws DomainError `invalid` when nothing is to change or an attribute value does not fit, `not_found`, `feature_off`
 */
export async function askedEdit(
  scope: Scope<"referrals.edit">,
  { selection, changes }: { selection: Selection; changes: EditChanges },
): Promise<PlanRequest> {
  const campaign = await campaignForWriting(scope);
  if (changesNothing(changes)) throw invalidField(["changes"], { reason: "nothing_to_change" });
  await checkAttributes(scope, changes);
  return {
    kind: "edit",
    effect: "edit",
    size: await sizeOf(scope, selection),
    selection,
    input: JSON.parse(JSON.stringify(changes)),
    rows: editedRows(scope.ids, selection, changes, campaign.timeZone),
  };
}

/**
 * Plans an edit of the selected referrals: how many change, stay and are refused and why, old → new with counts.
 * @throws DomainError as `askedEdit` and `makePlan`
 */
export async function planEdit(
  scope: Scope<"referrals.edit">,
  request: { selection: Selection; changes: EditChanges } & FormState,
): Promise<Plan> {
  return makePlan(scope, await askedEdit(scope, request), request);
}
