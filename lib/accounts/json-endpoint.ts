import type { z } from "zod";
import { readBody } from "@/lib/accounts/body";
import type { SetCookies } from "@/lib/accounts/sign-in";
import { answering } from "@/lib/answering";
import { DomainError } from "@/lib/errors";
import { fieldProblems } from "@/lib/field-problems";

const bytesMax = 65_536;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new DomainError("invalid", { reason: "fields_invalid" });
  }
}

/**
 * Makes a route that a script of a page asks in JSON, and that may give the browser cookies: same origin, who asks, parse, run. It answers as an
 * action does.
 * @param whoAsks is asked before anything is read; what it throws is the answer
 */
export function jsonEndpoint<Input extends z.ZodType, Who, Data>(
  whoAsks: () => Promise<Who>,
  input: Input,
  run: (input: z.output<Input>, request: Request, who: Who) => Promise<{ data: Data; cookies: SetCookies }>,
): (request: Request) => Promise<Response> {
  const answer = answering(async (request) => {
    const who = await whoAsks();
    const { success, data, error } = input.safeParse(parsed(await readBody(request, "application/json", bytesMax)));
    if (!success) {
      const { code, message } = new DomainError("invalid", { reason: "fields_invalid" });
      return Response.json({ ok: false, code, message, fields: fieldProblems(error) }, { status: 400 });
    }
    const done = await run(data, request, who);
    const headers = new Headers({ "cache-control": "private, no-store" });
    for (const cookie of done.cookies) headers.append("set-cookie", cookie);
    return Response.json({ ok: true, data: done.data }, { headers });
  });
  return (request) => answer(request, { params: Promise.resolve({}) });
}
