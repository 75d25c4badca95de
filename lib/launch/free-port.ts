import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";

// Below what systems give to outgoing connections (Linux from 32768, others from 49152: RFC 6335): one of those could
// take the port between now and its use.
const [first, afterLast] = [20_000, 32_768];

/**
 * A TCP port that nothing uses on the loopback address right now, and that no outgoing connection will take.
 * @throws after a hundred ports in a row that are taken
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = randomInt(first, afterLast);
    if (await isFree(port)) return port;
  }
  throw new Error(
    `A hundred ports between ${first} and ${afterLast - 1} are taken. Close what uses them, and try again.`,
  );
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch {
    return false;
  }
  server.close();
  await once(server, "close");
  return true;
}
