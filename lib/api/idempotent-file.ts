import { createHash } from "node:crypto";
import { askQuickly } from "@/lib/db";
import {
  earlierAnswer,
  forgetAfter,
  type KeptAnswer,
  keepAnswer,
  leaseSeconds,
  lettingGo,
  type Repeatable,
  requestKeyOf,
} from "./idempotency";
import { ApiProblem } from "./problems";
import type { OpenFile, UploadedFile } from "./upload";

// What a file is shows only at its end: until then its claim says nothing of the request, or what an earlier try has read.
const claim = {
  name: "api-file-claim",
  text: `INSERT INTO api_answer (application_id, key_id, idempotency_key, request, lease_until)
    VALUES ($1, $2, $3, '', clock_timestamp() + make_interval(secs => ${leaseSeconds}))
    ON CONFLICT (application_id, key_id, idempotency_key) DO UPDATE SET lease_until = excluded.lease_until, status = NULL, body = NULL,
      request = CASE WHEN ${forgetAfter} THEN '' ELSE api_answer.request END,
      created = CASE WHEN ${forgetAfter} THEN now() ELSE api_answer.created END
    WHERE api_answer.status IS NULL AND api_answer.lease_until < clock_timestamp() OR ${forgetAfter}
    RETURNING 1`,
};
const renew = {
  name: "api-file-renew",
  text: `UPDATE api_answer SET lease_until = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    WHERE application_id = $1 AND key_id = $2 AND idempotency_key = $3 AND status IS NULL`,
};
const learn = {
  name: "api-file-learn",
  text: `${lettingGo("$5")}
    UPDATE api_answer SET request = $4 WHERE application_id = $1 AND key_id = $2 AND idempotency_key = $3 AND status IS NULL
    AND request IN ('', $4) RETURNING 1`,
};
const giveBack = {
  name: "api-file-give-back",
  text: `UPDATE api_answer SET lease_until = clock_timestamp() WHERE application_id = $1 AND key_id = $2 AND idempotency_key = $3
    AND status IS NULL`,
};

/** A file whose last byte is handed on only when it is known what request it belongs to. */
function told({ name, body }: UploadedFile, request: string, whole: (digest: string) => Promise<void>): UploadedFile {
  const hash = createHash("sha256").update(`${request}${JSON.stringify(name)}\n`);
  return {
    name,
    body: (async function* () {
      for await (const chunk of body) {
        hash.update(chunk);
        yield chunk;
      }
      await whole(hash.digest("base64url"));
    })(),
  };
}

const another = () =>
  new ApiProblem(422, "This Idempotency-Key was used before with another file. Use a new one for a new request.");

/**
 * Carries out a request with a file once, as `once` does: another file is another request. It is read as it comes, by whoever
 * carries it out, or to be compared with the one that was carried out. The claim lasts as long as this process is at it. An answer
 * that is given before the end of the file is not kept.
 * @param request method and address
 * @param run also gets what tells the request's key, once the file was read
 * @throws ApiProblem 422 for another file under the same header; 409 while the first one is being carried out
 */
export async function onceWithFile(
  { key, header, request }: Repeatable,
  open: OpenFile,
  run: (file: OpenFile, requestKey: () => string) => Promise<KeptAnswer>,
): Promise<KeptAnswer> {
  const id = [key.applicationId, key.id, header];
  const [mine] = await askQuickly(claim, id);
  if (!mine) return earlier(id, request, open);
  const renewing = setInterval(() => void askQuickly(renew, id).catch(() => undefined), (leaseSeconds * 1000) / 3);
  let known: string | null = null;
  const requestKey = () => {
    if (known === null) throw new Error("the file was not read to its end, so that nothing is to be made of it");
    return requestKeyOf({ key, header, request: known });
  };
  try {
    const learned = async (digest: string) => {
      const made = requestKeyOf({ key, header, request: digest });
      if ((await askQuickly(learn, [...id, digest, made])).length === 0) throw another();
      known = digest;
    };
    const answer = await run(async () => told(await open(), request, learned), requestKey);
    if (known !== null) await keepAnswer(id, answer);
    else await askQuickly(giveBack, id);
    return answer;
  } catch (error) {
    await askQuickly(giveBack, id);
    throw error;
  } finally {
    clearInterval(renewing);
  }
}

async function earlier(id: unknown[], request: string, open: OpenFile): Promise<KeptAnswer> {
  const kept = await earlierAnswer(id);
  const same = async (digest: string) => {
    if (digest !== kept.request) throw another();
  };
  for await (const _ of told(await open(), request, same).body);
  return { status: kept.status, body: kept.body };
}
