import { type SignedIn, signedIn } from "@/lib/access/signed-in";
import { DomainError } from "@/lib/errors";

/** Whose account a form or route is about. @throws DomainError `signed_out` */
export async function oneself(): Promise<SignedIn> {
  const person = await signedIn();
  if (!person) throw new DomainError("signed_out", { reason: "signed_out" });
  return person;
}
