import type { CampaignIds } from "@/lib/access/scope";
import { foldText } from "@/lib/codes/folding";
import { readableCharacters } from "@/lib/codes/generator";
import { Prisma } from "@/lib/db";

/** One creation or import of the large filling. Instants are days from now, negative in the past. */
export interface LargeOperation {
  kind: "create" | "import";
  /** How many codes it makes; one without a batch is one code. */
  size: number;
  batch: boolean;
  /** What its codes begin with. */
  word: string;
  appliedDays: number;
  fromDays: number | null;
  untilDays: number | null;
  usageLimit: number;
}

const words = ["SPRING", "SUMMER", "AUTUMN", "WINTER", "FRIEND", "THANKS", "WELCOME", "VIP"];
const limits = [1, 10, 5, 0, 1, 3, 10, 999_999];
// Over, ahead, running with an end, running without: by turns, so that every status has its share.
const validities: [from: number | null, until: number | null][] = [
  [null, null],
  [null, 90],
  [-30, 45],
  [null, null],
  [-60, -10],
  [20, 120],
  [null, 365],
];

/**
 * What a campaign of `count` codes was made by, oldest first: up to 100 batches, the largest about ten times the
 * smallest, and 100 single codes between them.
 */
export function largeOperations(count: number): LargeOperation[] {
  const singles = Math.min(100, Math.floor(count / 100));
  const batches = Math.min(100, count - singles);
  const weight = (index: number) => 1 / (((index * 37) % batches) + batches / 9);
  const total = Array.from({ length: batches }, (_, index) => weight(index)).reduce((sum, one) => sum + one, 0);
  let rest = count - singles;
  const sizes = Array.from({ length: batches }, (_, index) => {
    const share = Math.max(1, Math.floor((weight(index) / total) * (count - singles)));
    const size = index === batches - 1 ? rest : Math.min(share, rest - (batches - 1 - index));
    rest -= size;
    return size;
  });
  const everySingle = singles === 0 ? [] : Array.from({ length: singles }, () => 1);
  const steps = batches + singles;
  return [...sizes.entries()].flatMap(([index, size]) => {
    const own = index < everySingle.length ? [1] : [];
    return [size, ...own].map((made, place): LargeOperation => {
      const [fromDays = null, untilDays = null] = validities[(index + place * 3) % validities.length] ?? [];
      return {
        kind: place === 0 && index % 3 === 1 ? "import" : "create",
        size: made,
        batch: place === 0,
        word: index === 0 ? "LAUNCH" : (words[(index * 5 + place) % words.length] ?? "FRIEND"),
        appliedDays: -((steps - index - place / 2 - index * (singles > 0 ? 1 : 0)) / steps) * 700 - 0.01,
        fromDays,
        untilDays,
        usageLimit: limits[(index + place) % limits.length] ?? 1,
      };
    });
  });
}

// A number below 2^40, another for each serial number, as eight readable characters.
const scrambled = Prisma.sql`(serial * 668265263 % 1099511627776) # ((serial * 668265263 % 1099511627776) >> 17)`;
const characters = Prisma.join(
  [35, 30, 25, 20, 15, 10, 5, 0].map(
    (bits) => Prisma.sql`substr(${readableCharacters}, (bits40 >> ${Prisma.raw(String(bits))} & 31)::int + 1, 1)`,
  ),
  " || ",
);
/** Names in many scripts, of which advocates are called. */
const surnames = [
  "Нікітін",
  "井上",
  "Παπαντωνίου",
  "غويلة",
  "Łukasik",
  "김민준",
  "Cortéz",
  "कुमार",
  "Đặng",
  "佐々木",
  "Öztürk",
];
const pick = (values: string[]) =>
  Prisma.sql`(${values}::text[])[1 + floor(random() * ${Prisma.raw(String(values.length))})::int]`;

/** What the codes of an operation are given; those of a file end up to eight days later. */
interface LargeTerms {
  usageLimit: number;
  validFrom: Date | null;
  validUntil: Date | null;
}

/** Days are counted from the last midnight in UTC. */
export function largeTerms({ usageLimit, fromDays, untilDays }: LargeOperation): LargeTerms {
  const today = new Date().setUTCHours(0, 0, 0, 0);
  const at = (days: number | null) => (days === null ? null : new Date(today + days * 86_400_000));
  return { usageLimit, validFrom: at(fromDays), validUntil: at(untilDays) };
}

/**
 * `INSERT INTO referral … RETURNING *` of one operation's codes. A few advocates have many codes, most have one or two;
 * a fifth of the codes that have begun are redeemed, some of them up to their limit.
 * @param serial the number before the first code's; codes of different numbers differ
 */
export function largeInsert(
  scope: CampaignIds,
  operation: LargeOperation,
  { usageLimit, validFrom, validUntil }: LargeTerms,
  made: { operationId: bigint; batchId: string | null; applied: Date; serial: bigint; advocates: number },
): Prisma.Sql {
  const imported = operation.kind === "import";
  const most = usageLimit === 0 ? 20 : Math.min(usageLimit, 20);
  const begun = operation.fromDays === null || operation.fromDays <= 0;
  return Prisma.sql`
    INSERT INTO referral (application_id, campaign_id, code, code_key, code_search, advocate_integration_id,
      advocate_search, usage_limit,
      usage_counter, valid_from, valid_until, attributes, batch_id, import_id, origin, created)
    SELECT ${scope.applicationId}, ${scope.campaignId}, ${operation.word} || '-' || left(eight, 4) || '-' || right(eight, 4),
      ${operation.word} || '-' || left(eight, 4) || '-' || right(eight, 4), lower(${operation.word} || eight),
      CASE advocate % 3 WHEN 0 THEN 'customer-' || advocate
        WHEN 1 THEN 'crm:' || (${surnames}::text[])[1 + advocate % ${Prisma.raw(String(surnames.length))}] || '/' || advocate
        ELSE 'advocate.' || advocate || '@example.com' END,
      CASE advocate % 3 WHEN 1 THEN 'crm:' || (${surnames.map(foldText)}::text[])[1 + advocate % ${Prisma.raw(String(surnames.length))}] || '/' || advocate END,
      ${usageLimit}::int, CASE WHEN ${begun} AND random() < 0.2 THEN 1 + floor(power(random(), 4) * ${most})::int ELSE 0 END,
      ${validFrom}::timestamptz, ${validUntil}::timestamptz + make_interval(days => floor(random() * ${imported ? 9 : 1})::int),
      jsonb_strip_nulls(jsonb_build_object(
        'channel', CASE WHEN random() < 0.6 THEN ${pick(["web", "app", "email", "in-store", "influencer"])} END,
        'tier', CASE WHEN random() < 0.4 THEN ${pick(["bronze", "silver", "gold"])} END,
        'vip', CASE WHEN random() < 0.2 THEN random() < 0.5 END,
        'reward_points', CASE WHEN random() < 0.25 THEN 50 * (1 + floor(random() * 60)::int) END)),
      ${made.batchId}, ${imported ? made.operationId : null}::bigint, ${imported ? "imported" : "created"}, ${made.applied}
    FROM (SELECT ${characters} AS eight, 1 + floor(power(random(), 3) * ${made.advocates})::int AS advocate
      FROM (SELECT ${scrambled} AS bits40 FROM (SELECT ${made.serial}::bigint + n AS serial
        FROM generate_series(1, ${operation.size}::int) n) numbers) numbered) codes
    RETURNING *`;
}
