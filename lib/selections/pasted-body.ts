import type { Scope } from "@/lib/access/scope";
import { assertBodyType } from "@/lib/body-type";
import { DomainError, invalidField } from "@/lib/errors";
import { choosePasted } from "@/lib/selections/commands";
import { type Choice, pastedBytesMax } from "@/lib/selections/schema";
import { slots } from "@/lib/slots";

// Each holds a text of up to 16 MB, and what is read of it.
const takeSlot = slots(4, { reason: "pastes_busy" });

const tooLarge = () => new DomainError("too_large", { reason: "pasted_large", bytes: pastedBytesMax });

/**
 * Chooses the codes in the text that a request has as its raw body: plain text in UTF-8. Few at a time.
 * @throws DomainError `wrong_type`; `invalid` for what is no UTF-8; `too_large`; `unavailable` while others are read;
 * as `choosePasted`
 */
export async function choosePastedBody(scope: Scope<"referrals.read">, { headers, body }: Request): Promise<Choice> {
  assertBodyType(headers, "text/plain");
  if (Number(headers.get("content-length") ?? 0) > pastedBytesMax) throw tooLarge();
  const free = takeSlot();
  try {
    return await choosePasted(scope, await decoded(body));
  } finally {
    free();
  }
}

async function decoded(body: ReadableStream<Uint8Array> | null): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const pieces: string[] = [];
  let bytes = 0;
  const decode = (chunk?: Uint8Array) => {
    try {
      pieces.push(decoder.decode(chunk, { stream: chunk !== undefined }));
    } catch {
      throw invalidField(["text"], { reason: "pasted_not_utf8" });
    }
  };
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > pastedBytesMax) throw tooLarge();
    decode(chunk);
  }
  decode();
  return pieces.join("");
}
