import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * A line to the server that can be broken: then answers end after their first bytes, and later requests have none. Or what the
 * server answers to forms (POST) can be held back, while the server has done what they ask.
 */
export async function faultyLine(server: string) {
  let broken = false;
  let cut = false;
  let forms = 0;
  let held = Promise.resolve();
  const line = createServer((asked, answer) => {
    if (broken && cut) return asked.socket.destroy();
    const { url: path, method, headers } = asked;
    const sent = request(new URL(path ?? "/", server), { method, headers }, async (got) => {
      if (method === "POST") {
        forms += 1;
        await held;
      }
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.on("data", (part: Buffer) => {
        if (broken && headers.rsc === "1") {
          cut = true;
          answer.write(part.subarray(0, 200), () => asked.socket.destroy());
          got.destroy();
        } else answer.write(part);
      });
      got.on("end", () => answer.end());
    });
    sent.on("error", () => asked.socket.destroy());
    asked.pipe(sent);
  });
  await new Promise<void>((listening) => {
    line.listen(0, "127.0.0.1", listening);
  });
  return {
    address: `http://127.0.0.1:${(line.address() as AddressInfo).port}`,
    break() {
      broken = true;
    },
    mend() {
      broken = false;
    },
    /** Holds answers to forms back, until what it gives is called. */
    hold() {
      let release = () => {};
      held = new Promise<void>((done) => {
        release = done;
      });
      return release;
    },
    /** How many forms the server has answered. */
    answered: () => forms,
    close() {
      line.closeAllConnections();
      return new Promise<void>((closed) => {
        line.close(() => closed());
      });
    },
  };
}
