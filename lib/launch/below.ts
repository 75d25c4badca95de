import type { RequestListener } from "node:http";
import { basePath, withBase, withoutBase } from "@/lib/base-path";
import { type Answer, send } from "./answers";

const elsewhere: Answer = { status: 404, sentence: `There is nothing here; Referrals is below ${basePath}/.` };

/** Lets a listener see the paths of ours that are asked for, as if everything were at the root; what is not below the base is not ours. */
export function below(handle: RequestListener): RequestListener {
  if (basePath === "") return handle;
  return (request, response) => {
    const path = withoutBase(request.url ?? "");
    if (path === null) return send(request, response, elsewhere);
    request.url = path;
    handle(request, response);
  };
}

/** Lets Next see the addresses behind those paths: its build is for them. */
export function inFull(handle: RequestListener): RequestListener {
  if (basePath === "") return handle;
  return (request, response) => {
    request.url = withBase(request.url ?? "");
    handle(request, response);
  };
}
