import pg from "pg";
import { listOptions, listSession } from "@/lib/session-settings";
import { onStandby } from "@/lib/standby";
import { errorCode, LaunchProblem } from "./problem";

const oldestMajor = 15;
const poolerMend = "give the address of PostgreSQL itself, not of a pooler such as PgBouncer, and no options in it";

const reasons: Record<string, string> = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "there is no such host",
  ETIMEDOUT: "it does not answer",
  "28P01": "it refuses this user and password",
  "28000": "it refuses this user",
  "3D000": "it has no such database",
  "57P03": "it is just starting or stopping",
  "53300": "it has no free connection",
};

function nameOf(address: string): string {
  const { host, pathname } = new URL(address);
  return `The database ${host}${pathname} of DATABASE_URL`;
}

function refusal(address: string, error: unknown): LaunchProblem {
  const said = error instanceof Error ? error.message : String(error);
  if (/unsupported startup parameter/.test(said)) {
    return new LaunchProblem(`${nameOf(address)} does not take our settings for connections (${said}); ${poolerMend}.`);
  }
  const known =
    error instanceof URIError ? "a % in it stands for nothing, and is written %25" : reasons[errorCode(error) ?? ""];
  return new LaunchProblem(
    `${nameOf(address)} cannot be used: ${known ?? said}; mend the setting or start that database.`,
  );
}

/**
 * A connection like those of our pools.
 * @throws LaunchProblem when there is none to be had
 */
export async function connect(address: string): Promise<pg.Client> {
  try {
    const client = new pg.Client({ connectionString: address, connectionTimeoutMillis: 5000, options: listOptions });
    client.on("error", () => undefined);
    let isStandby = false;
    onStandby(client, () => {
      isStandby = true;
    });
    await client.connect();
    if (!isStandby) return client;
    await client.end();
  } catch (error) {
    throw refusal(address, error);
  }
  throw new LaunchProblem(`${nameOf(address)} is a standby, which only reads; give the address of its primary.`);
}

async function checkSettings(client: pg.Client, address: string): Promise<void> {
  const { rows } = await client.query<{ name: keyof typeof listSession; value: string }>(
    "SELECT name, current_setting(name) AS value FROM unnest($1::text[]) AS name",
    [Object.keys(listSession)],
  );
  const lost = rows.find(({ name, value }) => value !== listSession[name]);
  if (!lost) return;
  throw new LaunchProblem(
    `${nameOf(address)} opens connections without our settings (${lost.name} is ${lost.value}, not ${listSession[lost.name]}); ${poolerMend}.`,
  );
}

/**
 * Reaches an external database, and looks whether it is new enough and whether its connections have our settings, without
 * which a statement could run for ever.
 * @returns its major version, such as 18
 * @throws LaunchProblem for what the operator has to mend
 */
export async function reachExternal(address: string): Promise<number> {
  const client = await connect(address);
  try {
    const { rows } = await client.query("SELECT current_setting('server_version_num')::int AS number");
    const major = Math.floor(rows[0].number / 10_000);
    if (major < oldestMajor) {
      throw new LaunchProblem(
        `The database of DATABASE_URL is PostgreSQL ${major}; Referrals needs ${oldestMajor} or newer, so upgrade it or use another.`,
      );
    }
    await checkSettings(client, address);
    return major;
  } catch (error) {
    throw error instanceof LaunchProblem ? error : refusal(address, error);
  } finally {
    await client.end();
  }
}
