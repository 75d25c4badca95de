import { createHash } from "node:crypto";
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import { retryAfter } from "@/lib/retry-after";
import { securityHeaders } from "@/lib/security-headers";

/** What the server itself answers, without the application: a sentence for people, whoever asked. */
export interface Answer {
  status: number;
  sentence: string;
  headers?: Record<string, string>;
}

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const style =
  ":root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{max-width:36rem;margin:20vh auto;padding:0 1rem}";

// The page below, and nothing else: no scripts, no forms, no addresses.
const policy = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

function page({ sentence, headers }: Answer): string {
  const again = headers?.["retry-after"] ? '<p><a href="">Try again</a></p>' : "";
  const text = sentence.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Referrals</title><style>${style}</style><p>${text}</p>${again}</html>\n`;
}

/** The head's fields and the body of an answer: a small page for a browser that shows it, else text. */
export function written(answer: Answer, accept = ""): { headers: Record<string, string>; body: string } {
  const html = accept.includes("text/html");
  return {
    headers: {
      ...securityHeaders,
      "content-security-policy": policy,
      "content-type": `text/${html ? "html" : "plain"}; charset=utf-8`,
      "cache-control": "no-store",
      ...answer.headers,
    },
    body: html ? page(answer) : `${answer.sentence}\n`,
  };
}

/** Answers a request without the application. */
export function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const { headers, body } = written(answer, request.headers.accept);
  response.writeHead(answer.status, headers).end(body);
}

/** An answer as it goes to a connection that has no request which could be answered; the connection ends with it. */
export function bare(answer: Answer): string {
  const { headers, body } = written({ ...answer, headers: { ...answer.headers, connection: "close" } });
  const length = { "content-length": String(Buffer.byteLength(body)) };
  const fields = Object.entries({ ...headers, ...length }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status]}\r\n${fields.join("")}\r\n${body}`;
}

/**
 * Lets a page that failed for want of the database be answered by 503 and a sentence: Next answers 500 and an empty page
 * that scripts fill. `problem` is asked when the head is written; from then on what Next writes is left out.
 */
export function replaceFailedPage(
  request: IncomingMessage,
  response: ServerResponse,
  problem: () => string | undefined,
): void {
  const native = {
    writeHead: response.writeHead.bind(response) as (...given: unknown[]) => ServerResponse,
    write: response.write.bind(response) as (...given: unknown[]) => boolean,
    end: response.end.bind(response) as (...given: unknown[]) => ServerResponse,
  };
  let replaced = false;
  const begin = () => {
    if (!response.headersSent) response.writeHead(response.statusCode);
  };
  Object.assign(response, {
    writeHead(status: number, ...rest: unknown[]) {
      const sentence = status === 500 && problem();
      if (!sentence) return native.writeHead(status, ...rest);
      replaced = true;
      for (const name of response.getHeaderNames()) response.removeHeader(name);
      const { headers, body } = written({ status: 503, sentence, headers: retryAfter }, request.headers.accept);
      native.writeHead(503, headers);
      return native.end(body);
    },
    write(...given: unknown[]) {
      begin();
      return replaced || native.write(...given);
    },
    end(...given: unknown[]) {
      begin();
      return replaced ? response : native.end(...given);
    },
  });
}
