import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { request } from "@playwright/test";
import { administrator } from "../lib/testing/sign-in";
import { plainHost } from "./fixtures";

/** Where the session is kept that every test's browser begins with. */
export function signedInFile(): string {
  return join(process.env.E2E_DATA_DIR ?? "", "signed-in.json");
}

/** Signs in once, as the administrator, under both names of the server. */
export default async function signInOnce(): Promise<void> {
  const address = `http://127.0.0.1:${process.env.E2E_PORT}`;
  const context = await request.newContext({ baseURL: address });
  const { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = administrator;
  const answer = await context.post("/sign-in/send", {
    form: { email, password },
    headers: { origin: address },
    maxRedirects: 0,
  });
  if (answer.headers().location !== "/") throw new Error(`Signing in was answered ${answer.status()}.`);
  const { cookies, origins } = await context.storageState();
  const elsewhere = cookies.map((cookie) => ({ ...cookie, domain: plainHost }));
  writeFileSync(signedInFile(), JSON.stringify({ cookies: [...cookies, ...elsewhere], origins }), { mode: 0o600 });
  await context.dispose();
}
