import { expect, it } from "vitest";
import { sent } from "./sent";

const header = { name: "Idempotency-Key", place: "header", required: false, sample: "" } as const;
const props = { operationId: "createReferral", method: "POST", path: "/v1/referrals", kind: "integration" } as const;

it.each([
  ["the hint of a key, as the list of keys shows it", "rfi_1_abcd…wxyz", ""],
  ["an Idempotency-Key in another script", "rfi_1_abcd", "ключ"],
])("says of %s that it was not sent, not that the server is away", async (_, key, once) => {
  const form = new FormData();
  form.set("header:Idempotency-Key", once);
  const { status } = await sent({ ...props, parameters: [header] }, key, form);
  expect(status).toMatch(/^Not sent: the key or the Idempotency-Key/);
});
