import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, expect, test } from "vitest";
import { endEarlyAnswers } from "@/lib/last-answer";

let stop: () => unknown = () => undefined;
afterEach(() => stop());

async function serve(answer: RequestListener): Promise<number> {
  const server = createServer((asked, response) => {
    endEarlyAnswers(asked, response);
    answer(asked, response);
  }).listen(0, "127.0.0.1");
  stop = () => server.close();
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

const refusal = "x".repeat(200);
/** Refuses what it has read the beginning of. */
const refuse: RequestListener = (asked, response) =>
  asked.once("data", () => {
    asked.pause();
    response.writeHead(400, { connection: "close", "content-length": refusal.length });
    response.end(refusal);
  });

/**
 * Sends a body of so many MB as fast as it goes, to its end whatever is answered, and then reads what was, as browsers do.
 * @returns what was answered, and how many MB were taken
 */
async function upload(port: number, megabytes: number): Promise<{ answer: string; taken: number }> {
  const socket = connect(port, "127.0.0.1").setEncoding("utf8").pause();
  const over = new Promise<void>((resolve) => socket.on("error", () => resolve()).once("close", () => resolve()));
  socket.write(`POST / HTTP/1.1\r\nhost: x\r\ncontent-length: ${megabytes * 1e6}\r\n\r\n`);
  const piece = Buffer.alloc(1_000_000);
  let taken = 0;
  for (; taken < megabytes && socket.writable; taken++)
    if (!socket.write(piece)) await Promise.race([once(socket, "drain"), over]);
  let answer = "";
  socket.on("data", (some) => {
    answer += some;
  });
  socket.resume();
  await over;
  return { answer: answer.slice(answer.indexOf("\r\n\r\n") + 4), taken };
}

test("an answer before the end of a body reaches who sends it to its end, every time", async () => {
  const port = await serve(refuse);
  for (let time = 0; time < 20; time++) expect(await upload(port, 20)).toEqual({ answer: refusal, taken: 20 });
});

test("an answer after the end of a body is as it was", async () => {
  const port = await serve(async (asked, response) => {
    const body = await text(asked);
    response.writeHead(200, { connection: "close" }).end(`${asked.method} ${body.length}`);
  });
  expect((await upload(port, 1)).answer).toContain("POST 1000000");
});

test("who sends on without end is cut off once enough was let go", async () => {
  const port = await serve(refuse);
  const { taken } = await upload(port, 1000);
  expect(taken).toBeGreaterThan(60);
  expect(taken).toBeLessThan(200);
});
