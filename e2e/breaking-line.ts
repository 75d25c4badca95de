import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/** A line to the server that can be broken: then answers end after their first bytes, and later requests have none. */
export async function breakingLine(server: string) {
  let broken = false;
  let cut = false;
  const line = createServer((asked, answer) => {
    if (broken && cut) return asked.socket.destroy();
    const { url: path, method, headers } = asked;
    const sent = request(new URL(path ?? "/", server), { method, headers }, (got) => {
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
    close() {
      line.closeAllConnections();
      return new Promise<void>((closed) => {
        line.close(() => closed());
      });
    },
  };
}
