import { UnrecognizedActionError } from "next/dist/client/components/unrecognized-action-error";
import { expect, test } from "vitest";
import { unreachable } from "./unreachable";
import { wrongAnswer } from "./wrong-answer";

const html = "text/html; charset=utf-8";

test.each([
  [null, /did not answer. Check the connection/],
  [{ status: 0, type: null }, /did not answer. Check the connection/],
  [{ status: 413, type: html }, /larger than a proxy .* lets through \(413\)/],
  [{ status: 502, type: html }, /A proxy .* got no answer from it \(502\)/],
  [{ status: 504, type: html }, /A proxy .* got no answer from it \(504\)/],
  [{ status: 503, type: html }, /busy or restarting/],
  [{ status: 200, type: html }, /in place of its answer, probably to sign in/],
  [{ status: 200, type: "application/json", redirected: true }, /probably to sign in/],
  [{ status: 401, type: "text/plain" }, /probably to sign in/],
  [{ status: 418, type: html }, /none of the program's \(418\)/],
])("an answer of %j is blamed on what gave it", (answer, says) => {
  expect(wrongAnswer(answer)).toMatch(says);
  if (answer && answer.status > 0) expect(wrongAnswer(answer)).not.toContain("connection");
});

test("what is known of the outcome is said, and no more", () => {
  const failed = (status: number) => Object.assign(new Error(), { status, type: html, redirected: false });
  expect(unreachable(failed(413)).message).toContain("Nothing was done.");
  expect(unreachable(failed(502)).message).toContain("Whether it was done is not known");
  expect(unreachable(new TypeError("Failed to fetch")).message).toContain("Whether it was done is not known");
  expect(unreachable(new UnrecognizedActionError("gone"))).toMatchObject({ code: "outdated" });
});
