import { cookies, headers } from "next/headers";
import { type Flash, flashCookie, readFlash } from "@/lib/accounts/flash";

/** What a page knows of a form of it that was sent: why it was refused and what was typed, or that it was done. */
export type FormState = Flash;

/** The state of the form that an address names; of a form that was not sent, where there is none. */
export async function formState(form: string | string[] | undefined): Promise<FormState> {
  const cookie = (await cookies()).get(flashCookie(await headers()))?.value;
  const kept = readFlash(cookie, typeof form === "string" ? form : undefined);
  return kept ?? { fields: {}, typed: {} };
}
