import { isAbsolute, resolve } from "node:path";
import { z } from "zod";
import { addressBeginning, isDatabaseAddress } from "@/lib/database-address";
import { readSender, readSmtpAddress } from "@/lib/mail/settings";
import { readIssuer } from "@/lib/oidc/settings";

/** How much is logged, from everything to nothing. */
const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;

const portMend = "give a whole number from 0 (any free port) to 65535, such as 3000";
const metricsMend = "give a whole number from 1 to 65535, such as 9464, or leave it out for no metrics";
const hostMend = "give an IP address or a host name, such as 127.0.0.1, or 0.0.0.0 for every network";
const baseMend =
  "give a path that begins with a slash and does not end with one, of letters, digits and . _ ~ -, such as /referrals, or leave it out for the root";
const passwordMend = "give 12 to 128 characters; it is used once, while nobody has a password";
const urlMend =
  "give postgresql://user:password@host:5432/database, with %40 for @, %2F for /, %3F for ?, %23 for # and %25 for % in the password, or leave it out to use the embedded database";
const smtpMend =
  "give smtp://user:password@host:587, or smtps:// for TLS from the beginning, with @ / : ? # % in the password percent-encoded";

const settingsSchema = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, portMend)
    .transform(Number)
    .refine((port) => port <= 65535, portMend)
    .default(3000),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:_-]+$/, hostMend)
    .default("127.0.0.1"),
  ALLOWED_HOSTS: z
    .string()
    .regex(/^[A-Za-z0-9.:_,\s[\]-]+$/, "give host names with commas between them, such as referrals.example.com")
    .transform((text) =>
      text
        .toLowerCase()
        .split(/[,\s]+/)
        .filter(Boolean)
        .map((host) => host.replace(/:\d+$/, "")),
    )
    .default([]),
  BASE_PATH: z
    .string()
    .max(100, "give a shorter path")
    .regex(/^(\/(?!\.+(\/|$))[A-Za-z0-9._~-]+)*$/, baseMend)
    .default(""),
  DATA_DIR: z.string().default(".data"),
  DATABASE_URL: z.string().refine(isDatabaseAddress, urlMend).optional(),
  DEMO: z.enum(["0", "1"], "give 1 to fill an empty database with the demo, or 0 not to").optional(),
  METRICS_PORT: z
    .string()
    .regex(/^\d{1,5}$/, metricsMend)
    .transform(Number)
    .refine((port) => port > 0 && port <= 65535, metricsMend)
    .optional(),
  ADMIN_EMAIL: z
    .email("give an e-mail address, such as maria@example.com")
    .max(254, "give a shorter e-mail address")
    .optional(),
  ADMIN_PASSWORD: z.string().min(12, passwordMend).max(128, passwordMend).optional(),
  AUTH_SECRET: z
    .string()
    .min(32, "give 32 random characters or more, or leave it out to have one kept in the database")
    .optional(),
  SMTP_URL: z
    .string()
    .refine((text) => readSmtpAddress(text) !== null, smtpMend)
    .optional(),
  MAIL_FROM: z
    .string()
    .refine((text) => readSender(text) !== null, "give an address, such as Referrals <referrals@example.com>")
    .optional(),
  OIDC_ISSUER: z
    .string()
    .refine(
      (text) => readIssuer(text) !== null,
      "give the issuer's address, such as https://id.example.com, or http on this machine",
    )
    .optional(),
  OIDC_CLIENT_ID: z.string().max(1000, "give a shorter one").optional(),
  OIDC_CLIENT_SECRET: z.string().max(1000, "give a shorter one").optional(),
  OIDC_NAME: z.string().max(40, "give 1 to 40 characters, such as Example ID").optional(),
  LOG_LEVEL: z.enum(logLevels, `give one of ${logLevels.join(", ")}`).default("info"),
});

/** The settings of a start, checked. */
export type Settings = {
  /** 0 means any free port. */
  port: number;
  host: string;
  /** Names under which browsers may reach this server, besides addresses, localhost and `host`. Lower case; ports do not count. */
  allowedHosts: string[];
  /** The path below which everything is served, such as `/referrals`; empty for the root. */
  basePath: string;
  /** Absolute; holds the embedded database. */
  dataFolder: string;
  /** An external PostgreSQL; without it the embedded one is started. */
  databaseUrl: string | undefined;
  /** Whether an empty database is filled with the demo. */
  demo: boolean;
  /** The port on loopback for `GET /metrics`; without it nothing is measured. */
  metricsPort: number | undefined;
  /** Whether the settings name who is the first administrator. */
  administrator: boolean;
  /** Whether mails are sent. */
  mail: boolean;
  logLevel: (typeof logLevels)[number];
};

/** A setting that cannot be used. Its message is one sentence that names the setting, its value and the mend. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

/** A value as it may be shown: no secret, and of an address that can hold a password only what it begins with. */
function shown(name: string, value = ""): string {
  if (["ADMIN_PASSWORD", "AUTH_SECRET", "OIDC_CLIENT_SECRET"].includes(name)) return "…";
  return name === "DATABASE_URL" || name === "SMTP_URL" ? addressBeginning(value) : value;
}

const isEverywhere = (host: string) => host === "0.0.0.0" || host === "::";

/** Settings of which one is nothing without the others, and what they do together. */
const together: [names: (keyof z.output<typeof settingsSchema>)[], purpose: string][] = [
  [["ADMIN_EMAIL", "ADMIN_PASSWORD"], "make the first administrator"],
  [["SMTP_URL", "MAIL_FROM"], "send mails"],
  [["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"], "let people sign in by a provider"],
];

/** @throws SettingsError for one that is missing beside others, or whose host could be anybody's */
function assertWhole(data: z.output<typeof settingsSchema>): void {
  for (const [names, purpose] of together) {
    const missing = names.filter((name) => data[name] === undefined);
    if (missing.length > 0 && missing.length < names.length)
      throw new SettingsError(
        `${missing.join(" and ")} is not set; ${names.slice(0, -1).join(", ")} and ${names.at(-1)} ${purpose} together.`,
      );
  }
  if (data.SMTP_URL !== undefined && isEverywhere(data.HOST) && data.ALLOWED_HOSTS.length === 0)
    throw new SettingsError(
      `ALLOWED_HOSTS is not set; links in mails begin with a name of it where HOST is "${data.HOST}", such as referrals.example.com.`,
    );
}

/**
 * Reads the settings from the environment; one that is empty counts as not set.
 * @throws SettingsError for the first one that cannot be used.
 */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const { data, error } = settingsSchema.safeParse(given);
  if (error) {
    const issue = error.issues[0];
    const name = String(issue?.path[0]);
    throw new SettingsError(`${name} is "${shown(name, given[name])}", which cannot be used: ${issue?.message}.`);
  }
  assertWhole(data);
  return {
    port: data.PORT,
    host: data.HOST,
    allowedHosts: data.ALLOWED_HOSTS,
    basePath: data.BASE_PATH,
    dataFolder: isAbsolute(data.DATA_DIR) ? data.DATA_DIR : resolve(data.DATA_DIR),
    databaseUrl: data.DATABASE_URL,
    demo: data.DEMO === undefined ? data.DATABASE_URL === undefined : data.DEMO === "1",
    metricsPort: data.METRICS_PORT,
    administrator: data.ADMIN_EMAIL !== undefined,
    mail: data.SMTP_URL !== undefined,
    logLevel: data.LOG_LEVEL,
  };
}
