import { DomainError } from "@/lib/errors";
import { shortened } from "@/lib/shortened";

/**
 * Takes a body only by the name of what it is: a form of another site's page can send text and forms without asking first, and never JSON.
 * @param asked a media type, such as "application/json"; what stands after it, such as a charset, is no matter
 * @throws DomainError `wrong_type`
 */
export function assertBodyType(headers: Headers, asked: string): void {
  const sent = headers.get("content-type") ?? "";
  if (sent.split(";", 1)[0]?.trim().toLowerCase() === asked) return;
  throw new DomainError("wrong_type", { reason: "body_type", asked, sent: shortened(sent, 60) });
}
