import type { Failure } from "@/lib/failure";

/** Stands for an answer that did not come: the server was out of reach, or of another version. Whether it acted is not known. */
export function unreachable(): Failure {
  return {
    ok: false,
    code: "unavailable",
    message:
      "The server did not answer. What you entered is kept: try again, or reload the page if it was updated meanwhile.",
  };
}
