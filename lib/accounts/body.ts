import { assertBodyType } from "@/lib/body-type";
import { DomainError } from "@/lib/errors";

/**
 * The text that a request of ours holds.
 * @param type what it has to be: "application/json"
 * @param most how many bytes it may have
 * @throws DomainError `too_large`; `wrong_type`, which none of our pages sends
 */
export async function readBody(request: Request, type: string, most: number): Promise<string> {
  assertBodyType(request.headers, type);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > most) throw new DomainError("too_large", { reason: "form_large", bytes: most });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
