import type { z } from "zod";
import { readBody } from "@/lib/accounts/body";
import { type Flash, keepFlash } from "@/lib/accounts/flash";
import { withBase } from "@/lib/base-path";
import { type Failure, failureOf } from "@/lib/failure";
import { fieldProblems } from "@/lib/field-problems";
import { assertSameOrigin } from "@/lib/same-origin";
import { leadingTo, signInPath } from "@/lib/signed-out";
import type { SetCookies } from "./sign-in";

/** Where a form leads to when it was done, what the browser is given, and what the page then says; or a page that is not ours. */
type Done = { cookies?: SetCookies } & ({ to: string; says?: string } | { elsewhere: string });

type Fields = Record<string, string>;

const bytesMax = 16_384;
const keptMax = 300;

/** Leads the browser to a page of ours, which it fetches anew. */
export function seeOther(to: string, cookies: SetCookies = []): Response {
  const headers = new Headers({ location: withBase(to), "cache-control": "private, no-store" });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return new Response(null, { status: 303, headers });
}

/** Leads the browser to a page of ours that says what became of what was sent. */
export function showing(flash: Partial<Flash>, to: string, asked: Headers, cookies: SetCookies = []): Response {
  const { id, cookie } = keepFlash({ fields: {}, typed: {}, ...flash }, asked);
  return seeOther(`${to}${to.includes("?") ? "&" : "?"}form=${id}`, [...cookies, cookie]);
}

/** Leads the browser to somebody else's page, by a page: the policy of ours lets no form end elsewhere, not by a redirect either. */
function leadElsewhere(url: string, cookies: SetCookies = []): Response {
  const address = new URL(url).href.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Referrals</title>`;
  const body = `<!doctype html><html lang="en">${head}<meta http-equiv="refresh" content="0;url=${address}"><p><a href="${address}">Go on</a></p></html>`;
  const headers = new Headers({ "content-type": "text/html; charset=utf-8", "cache-control": "private, no-store" });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return new Response(body, { headers });
}

async function readFields(request: Request): Promise<Fields> {
  const body = await readBody(request, "application/x-www-form-urlencoded", bytesMax);
  return Object.fromEntries(new URLSearchParams(body));
}

function typedOf(fields: Fields): Fields {
  const open = Object.entries(fields).filter(([name]) => !["password", "current", "code", "to"].includes(name));
  return Object.fromEntries(open.slice(0, 5).map(([name, value]) => [name.slice(0, 20), value.slice(0, keptMax)]));
}

/**
 * Makes a route that takes a plain form, which works without scripts: same origin, parse, run, and on to the next page. What is
 * refused leads back to the form's page, which shows why and what was typed.
 * @param page where the form stands, by its route's parameters and fields
 */
export function formEndpoint<Input extends z.ZodType, Params = object>(
  input: Input,
  page: (params: Params, fields: Fields) => string,
  run: (input: z.output<Input>, request: Request, params: Params) => Promise<Done>,
): (request: Request, context: { params: Promise<Params> }) => Promise<Response> {
  return async (request, context) => {
    const params = await context.params;
    let fields: Fields = {};
    const refused = (flash: { message?: string; fields?: Fields }) =>
      showing({ ...flash, fields: flash.fields ?? {}, typed: typedOf(fields) }, page(params, fields), request.headers);
    try {
      assertSameOrigin(request.headers);
      fields = await readFields(request);
      const { success, data, error } = input.safeParse(fields);
      if (!success) return refused({ fields: fieldProblems(error) });
      const done = await run(data, request, params);
      if ("elsewhere" in done) return leadElsewhere(done.elsewhere, done.cookies);
      const { to, cookies, says } = done;
      return says === undefined ? seeOther(to, cookies) : showing({ done: says }, to, request.headers, cookies);
    } catch (error) {
      const failure: Failure = failureOf(error);
      if (failure.code === "signed_out") return seeOther(leadingTo(signInPath, page(params, fields)));
      return refused({ message: failure.message, fields: failure.fields });
    }
  };
}
