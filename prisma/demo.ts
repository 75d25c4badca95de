import { advocateKey, searchKey } from "@/lib/codes/folding";
import { foldCode } from "@/lib/codes/rules";
import { type Bound, parseZoned, toWall } from "@/lib/zone";

export const demoZone = "Europe/Berlin";
const day = 86_400_000;

export interface DemoOperation {
  kind: "create" | "import";
  batchId: string | null;
  applied: Date;
  input: { fileName: string } | { advocates: number } | { advocate: string };
  referrals: DemoReferral[];
}

export interface DemoReferral {
  code: string;
  codeSearch: string;
  advocateSearch: string | null;
  advocate: string;
  friend: string | null;
  usageLimit: number;
  validFrom: Date | null;
  validUntil: Date | null;
  attributes: Record<string, string | number | boolean | string[]>;
  redemptions: { friend: string; session: string; created: Date }[];
}

/** The same numbers in every demo (mulberry32): a demo must look the same to everyone who talks about it. */
function dice(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    below: (limit: number) => Math.floor(next() * limit),
    chance: (odds: number) => next() < odds,
    pick: <T>(values: readonly T[]) => values[Math.floor(next() * values.length)] as T,
  };
}

const characters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const firstNames = ["janae", "ewelina", "marcus", "aylin", "tomas", "ingrid", "noah", "priya", "lena", "samuel"];
const lastNames = ["becker", "lind", "okafor", "novak", "meyer", "santos", "haas", "kuvalis", "demir", "roth"];
const worldly = [
  "crm:Łukasik/6564",
  "crm:Παπαντωνίου/2748",
  "crm:井上/372",
  "crm:غويلة/9096",
  "crm:Cortéz Madrid/1274",
  "crm:Нікітін/5021",
];
const chosenCodes = ["WELCOME-LENA", "ŁUKASIK-10", "友だち-2026", "VIP+MARCUS", "THANKS_AYLIN", "50%-FOR-FRIENDS"];
const longCode = "THE-LONGEST-CODE-THAT-CAN-BE-".padEnd(100, "ABCDEFGH-");

/** The start or end of the whole day that is `days` after now, on the demo's clocks. */
export function demoBound(now: Date, days: number, edge: Bound): Date {
  const date = toWall(new Date(now.getTime() + days * day), demoZone)
    .toISOString()
    .slice(0, 10);
  return parseZoned(date, demoZone, edge) as Date;
}

/** What the demo's first campaign holds at `now`: its operations, oldest first, with the codes each made. */
export function demoOperations(now: Date): DemoOperation[] {
  const { below, chance, pick } = dice(20_261);
  const codes = new Set<string>();
  let people = 0;
  let friends = 0;

  const bound = (days: number, edge: Bound) => demoBound(now, days, edge);
  const random = (pattern: string) => pattern.replaceAll("#", () => characters[below(characters.length)] as string);
  const newCode = (pattern: string) => {
    let code = random(pattern);
    while (codes.has(code)) code = random(pattern);
    codes.add(code);
    return foldCode(code, "insensitive-uppercase");
  };
  const advocate = () => {
    people += 1;
    if (chance(0.05)) return pick(worldly);
    if (chance(0.3)) return `customer-${100_000 + people * 7}`;
    if (chance(0.2)) return random("########-####-####").toLowerCase();
    return `${pick(firstNames)}.${pick(lastNames)}${people}@example.com`;
  };
  const attributes = () => {
    const values: DemoReferral["attributes"] = {};
    if (chance(0.6)) values.channel = pick(["web", "app", "email", "in-store", "influencer"]);
    if (chance(0.4)) values.tier = pick(["bronze", "silver", "gold"]);
    if (chance(0.2)) values.vip = chance(0.5);
    if (chance(0.25)) values.reward_points = 50 * (1 + below(60));
    if (chance(0.1)) values.invited_at = bound(-below(300), "start").toISOString();
    if (chance(0.06))
      values.note = pick(["met at the Hamburg fair", '10% "off", first order', "asked for a print-out"]);
    if (chance(0.08)) values.tags = ["newsletter", "podcast", "campus"].slice(below(2), 2 + below(2));
    return values;
  };
  const redeemed = (count: number, from: Date, until: Date | null, friend: string | null) => {
    const end = Math.min(now.getTime(), until?.getTime() ?? Number.POSITIVE_INFINITY);
    return Array.from({ length: count }, () => {
      friends += 1;
      const created = new Date(from.getTime() + 1 + below(end - from.getTime() - 1));
      return { friend: friend ?? `friend-${100_000 + friends}`, session: `order-${500_000 + friends}`, created };
    });
  };
  const referral = (applied: Date, given: Partial<DemoReferral> & { code: string; redeemedShare?: number }) => {
    const { usageLimit = 1, validFrom = null, validUntil = null, friend = null, redeemedShare = 0.3 } = given;
    const begins = validFrom && validFrom > applied ? validFrom : applied;
    const most = friend ? 1 : usageLimit === 0 ? 40 : Math.min(usageLimit, 40);
    const count = begins < now && chance(redeemedShare) ? 1 + below(most) : 0;
    const { code, advocate: owner = advocate(), attributes: values = attributes() } = given;
    const redemptions = given.redemptions ?? redeemed(count, begins, validUntil, friend);
    return {
      code,
      codeSearch: searchKey(code),
      advocateSearch: advocateKey(code, owner),
      advocate: owner,
      friend,
      usageLimit,
      validFrom,
      validUntil,
      attributes: values,
      redemptions,
    };
  };
  const batch = (
    operation: Omit<DemoOperation, "referrals" | "input"> & { fileName?: string },
    count: number,
    make: (index: number) => Parameters<typeof referral>[1],
  ): DemoOperation => {
    const { fileName, ...rest } = operation;
    const referrals = Array.from({ length: count }, (_, index) => referral(operation.applied, make(index)));
    return { ...rest, input: fileName ? { fileName } : { advocates: count }, referrals };
  };
  const ago = (days: number) => new Date(Math.floor(now.getTime() - days * day));

  const batches = [
    batch({ kind: "import", batchId: "sprvwqem", applied: ago(203.2), fileName: "spring-newsletter.csv" }, 640, () => ({
      code: newCode("SPRING-####-##"),
      usageLimit: pick([1, 1, 5]),
      validFrom: bound(-200, "start"),
      validUntil: bound(-75, "end"),
    })),
    batch({ kind: "create", batchId: "tqyrgahe", applied: ago(96.6) }, 480, () => ({
      code: newCode("REF-####-####"),
      usageLimit: 10,
      validUntil: bound(61, "end"),
    })),
    batch({ kind: "import", batchId: "pimcxobg", applied: ago(41.3), fileName: "crm-export.csv" }, 420, () => ({
      code: newCode(pick(["REF-####-####", "CRM_######", "APP+#######"])),
      usageLimit: pick([0, 1, 5, 10, 999_999]),
      validFrom: chance(0.3) ? bound(-40, "start") : null,
      validUntil: chance(0.4) ? bound(pick([-3, 30, 120]), "end") : null,
    })),
    batch({ kind: "create", batchId: "wkzlmvae", applied: ago(12.4) }, 250, () => ({
      code: newCode("WINTER-####-##"),
      usageLimit: 3,
      validFrom: bound(9, "start"),
      validUntil: bound(70, "end"),
    })),
    batch({ kind: "create", batchId: "hfuoqjtd", applied: ago(2.2) }, 100, () => ({
      code: newCode("REF-####-####"),
      usageLimit: 0,
      redeemedShare: 0.15,
    })),
    batch({ kind: "create", batchId: "nxbcayrs", applied: ago(0.13) }, 12, (index) => ({
      code: newCode(`${(lastNames[index % 10] as string).toUpperCase()}-#####`),
      usageLimit: 999_999,
      attributes: { channel: "influencer", tier: "gold", vip: true, reward_points: 2500, tags: ["podcast", "campus"] },
      redemptions: index === 0 ? redeemed(412, ago(0.13), null, null) : undefined,
    })),
  ];

  const singles = Array.from({ length: 98 }, (_, index): DemoOperation => {
    const applied = ago(((98 - index) / 98) ** 2 * 180 + 0.004);
    const usageLimit = pick([0, 1, 1, 5, 10]);
    const code =
      index === 95 ? longCode : index > 86 && index < 93 ? (chosenCodes[index - 87] as string) : newCode("####-####");
    const made = referral(applied, {
      code,
      usageLimit,
      friend: index % 6 === 0 ? `friend-${1000 + index}` : null,
      validFrom: index % 7 === 0 ? bound(14, "start") : null,
      validUntil: index % 5 === 0 ? bound(45, "end") : null,
      advocate: index > 86 ? worldly[index % worldly.length] : undefined,
    });
    return { kind: "create", batchId: null, applied, input: { advocate: made.advocate }, referrals: [made] };
  });
  return [...batches, ...singles].sort((a, b) => a.applied.getTime() - b.applied.getTime());
}
