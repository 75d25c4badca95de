import { AsyncLocalStorage } from "node:async_hooks";
import { tokenHash } from "@/lib/access/session-cookie";
import { db, Prisma, type Transaction } from "@/lib/db";

type Fields = Record<string, unknown>;
type Run = (args: never) => Promise<unknown>;

/** Leaves out what is `undefined`, which better-auth writes for what it does not ask for and our Prisma refuses. */
function given<Args>(args: Args): Args {
  return Object.fromEntries(Object.entries(args as Fields).filter(([, value]) => value !== undefined)) as Args;
}

/** A condition on tokens, or a token that is to be kept, as the database has it. */
function hashed(value: unknown): unknown {
  if (typeof value === "string") return tokenHash(value);
  if (Array.isArray(value)) return value.map(hashed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, hashed(inner)]));
}

/** The same of arguments of Prisma: where a token stands in a `where`, alone or below AND and OR, or in `data`. */
function withHashes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withHashes);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, name === "token" ? hashed(inner) : withHashes(inner)]),
  );
}

/** The token that was asked for, or is kept: better-auth goes on with the session by it. */
function tokenIn(args: { data?: Fields; where?: Fields }): string | null {
  const token = args.data?.token ?? args.where?.token;
  if (typeof token === "string") return token;
  const equal = typeof token === "object" && token !== null && "equals" in token ? token.equals : null;
  return typeof equal === "string" ? equal : null;
}

/** What is recorded in the transaction by which a session begins. better-auth makes sessions, and lets nothing else into that. */
export const recordedWithSession = new AsyncLocalStorage<(tx: Transaction) => Promise<void>>();

/** Begins a session with its record: both stay or neither. @param data of the session, with its token hashed */
function begin(data: unknown, record: (tx: Transaction) => Promise<void>): Promise<unknown> {
  return db.$transaction(async (tx) => {
    const made = await tx.personSession.create(data as Prisma.PersonSessionCreateArgs);
    await record(tx);
    return made;
  });
}

/**
 * Prisma as better-auth is given it: tokens of sessions are hashed on their way in, so that whoever reads the database cannot
 * sign in by what they find. better-auth keeps them as they are, and has no setting for it.
 */
export const accountStorage = Prisma.defineExtension((client) =>
  client.$extends({
    query: {
      $allModels: {
        async $allOperations({ model, operation, args, query }) {
          const run = query as Run;
          const asked = given(args ?? {}) as { data?: Fields; where?: Fields };
          if (model !== "PersonSession") return run(asked as never);
          const record = operation === "create" ? recordedWithSession.getStore() : undefined;
          const found = await (record ? begin(withHashes(asked), record) : run(withHashes(asked) as never));
          const token = tokenIn(asked);
          const one = typeof found === "object" && found !== null && !Array.isArray(found) && "token" in found;
          return one && token !== null ? { ...found, token } : found;
        },
      },
    },
  }),
);

/** The database as better-auth sees it. */
export const accountDatabase = () => db.$extends(accountStorage);
