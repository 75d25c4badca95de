"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { Question } from "@/components/forms/question";
import { toast } from "@/components/ui/toast";
import { formatInstant } from "@/lib/format";
import { revokeKeyAction, rotateKeyAction } from "@/lib/keys/actions";
import type { ListedKey } from "@/lib/keys/queries";
import type { TryCampaign } from "@/lib/keys/try-line";
import { type KeyAct, KeyTable, nextOf } from "./key-table";
import { NewKey } from "./new-key";

type KeyListProps = {
  application: { id: number; timeZone: string };
  keys: ListedKey[];
  now: Date;
  campaign: TryCampaign | undefined;
};

/** The keys of an application; each can be rotated and revoked. The next key of one is shown above them, once. */
export function KeyList({ application, keys, now, campaign }: KeyListProps) {
  const router = useRouter();
  const zone = application.timeZone;
  const [asked, setAsked] = useState<{ act: KeyAct; keyId: string }>();
  const [made, setMade] = useState<{ key: string; of: ListedKey }>();
  const [revoked, setRevoked] = useState<string>();
  const table = useRef<HTMLDivElement>(null);
  // The button that was pressed goes with its key: the keyboard's place is then the table.
  useEffect(() => {
    if (revoked) table.current?.querySelector("section")?.focus();
  }, [revoked]);

  function ask(act: KeyAct, key: ListedKey) {
    setAsked({ act, keyId: key.id });
    router.refresh(); // when it was last used is a reason, and shall be what is true now
  }

  const key = keys.find(({ id }) => id === asked?.keyId);
  const close = () => setAsked(undefined);
  const input = { applicationId: application.id, keyId: key?.id ?? "" };
  return (
    <>
      {made && (
        <div className="px-4 pb-4 sm:px-6">
          <NewKey
            key={made.key}
            title={`The next key of “${made.of.name}” works from now on`}
            made={{ ...made.of, key: made.key }}
            campaign={campaign}
            onStored={() => setMade(undefined)}
          >
            <p>{made.of.hint} works as well. Once every program sends the next key, revoke it.</p>
          </NewKey>
        </div>
      )}
      <div ref={table} className="min-w-0">
        <KeyTable keys={keys} zone={zone} now={now} onAsk={ask} />
      </div>
      {key && asked?.act === "rotate" && (
        <Question
          title={`Rotate “${key.name}”?`}
          confirmLabel="Make the next key"
          tone="primary"
          refusedTitle={`“${key.name}” was not rotated`}
          act={() => rotateKeyAction(input)}
          onDone={({ key: text }) => {
            close();
            setMade({ key: text, of: key });
          }}
          onClose={close}
        >
          The next key may do the same, as often, and for as long. Both work until you revoke {key.hint}, so that
          programs can change over one after the other.
        </Question>
      )}
      {key && asked?.act === "revoke" && (
        <Question
          title={`Revoke “${key.name}”?`}
          confirmLabel="Revoke key"
          tone="danger"
          refusedTitle={`“${key.name}” was not revoked`}
          act={() => revokeKeyAction(input)}
          onDone={() => {
            close();
            setRevoked(key.id);
            toast.success(`Revoked “${key.name}”`);
          }}
          onClose={close}
        >
          {revokeText(key, nextOf(key, keys), zone)}
        </Question>
      )}
    </>
  );
}

function revokeText(key: ListedKey, next: ListedKey | undefined, zone: string): string {
  const used = key.lastUsed ? `was last used on ${formatInstant(key.lastUsed, zone)}` : "was never used";
  const goesOn = next && !next.revoked ? ` Its next key, ${next.hint}, works on.` : "";
  return `${key.hint} ${used}. Within a second it opens nothing any more, and this cannot be undone.${goesOn}`;
}
