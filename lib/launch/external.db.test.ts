import { once } from "node:events";
import { connect as connectTo, createServer, type Server, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { reachExternal } from "./external";

const servers: Server[] = [];

/** Listens on a free port. Returns the address of the test's database, but through there. */
async function listen(serve: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    serve(socket);
  }).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  const address = server.address();
  const url = new URL(process.env.DATABASE_URL ?? "");
  url.port = String(typeof address === "object" && address?.port);
  return url.href;
}

/** What a connection begins with, as names and values by turns; after its length and the protocol's version. */
function startupParameters(message: Buffer): string[] {
  return message.subarray(8).toString("latin1").split("\0");
}

/** An ErrorResponse. */
function refuse(socket: Socket, code: string, words: string): void {
  const fields = Buffer.from(`SFATAL\0C${code}\0M${words}\0\0`);
  const head = Buffer.from([0x45, 0, 0, 0, 0]);
  head.writeInt32BE(fields.length + 4, 1);
  socket.end(Buffer.concat([head, fields]));
}

/** A pooler that drops a startup parameter on its way to the database. */
function dropping(name: string) {
  return (socket: Socket) => {
    const { hostname, port } = new URL(process.env.DATABASE_URL ?? "");
    socket.once("data", (message: Buffer) => {
      const parameters = startupParameters(message);
      const index = parameters.indexOf(name);
      if (index >= 0) parameters.splice(index, 2);
      const rest = Buffer.from(parameters.join("\0"), "latin1");
      const head = Buffer.from(message.subarray(0, 8));
      head.writeInt32BE(rest.length + 8, 0);
      const behind = connectTo(Number(port), hostname);
      behind.on("error", () => socket.destroy());
      behind.write(Buffer.concat([head, rest]));
      socket.pipe(behind).pipe(socket);
    });
  };
}

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

test("a database is reached, and its major version told", async () => {
  expect(await reachExternal(process.env.DATABASE_URL ?? "")).toBeGreaterThanOrEqual(15);
  expect(await reachExternal(await listen(dropping("nothing")))).toBeGreaterThanOrEqual(15);
});

test("a pooler that refuses our settings is refused with what to do", async () => {
  const url = await listen((socket) => {
    socket.once("data", () => refuse(socket, "08P01", "unsupported startup parameter: options"));
  });
  await expect(reachExternal(url)).rejects.toThrow(
    /does not take our settings for connections \(unsupported startup parameter: options\); give the address of PostgreSQL itself/,
  );
});

test("a pooler that drops our settings without a word is refused with what is lost", async () => {
  await expect(reachExternal(await listen(dropping("options")))).rejects.toThrow(
    /opens connections without our settings \(\w+ is \S+, not \S+\); give the address of PostgreSQL itself/,
  );
});

test("an address whose own options take the place of ours is refused", async () => {
  const url = new URL(process.env.DATABASE_URL ?? "");
  url.searchParams.set("options", "-c search_path=public");
  await expect(reachExternal(url.href)).rejects.toThrow(/without our settings .* and no options in it/);
});

test.each([
  ["a percent sign that stands for nothing", "password=%E9", "written %25"],
  ["a file that is not there", "sslrootcert=/nowhere/at-all.pem", "ENOENT"],
])("an address with %s is refused in one sentence", async (_, parameter, reason) => {
  const url = new URL(process.env.DATABASE_URL ?? "");
  if (parameter.startsWith("password")) url.password = parameter.slice(9);
  else url.search = parameter;
  await expect(reachExternal(url.href)).rejects.toThrow(new RegExp(`^The database .* cannot be used: .*${reason}`));
});
