"use client";

import { useState, useSyncExternalStore } from "react";
import { sendFile } from "@/components/forms/send-file";
import { unreachable } from "@/components/forms/unreachable";
import { withBase } from "@/lib/base-path";
import type { Failure } from "@/lib/failure";

const never = () => () => {};
const supported = () =>
  typeof PublicKeyCredential !== "undefined" && "parseRequestOptionsFromJSON" in PublicKeyCredential;

/** Whether this browser can make and use passkeys here, for which it wants TLS or `localhost`; null until that is known. */
export function usePasskeySupport(): boolean | null {
  return useSyncExternalStore(never, supported, () => null);
}

type Exchange<Options> = {
  /** Where the device's task comes from, what is sent there, and where its answer goes. */
  ask: string;
  given: object;
  answer: string;
  /** Lets the device do it. Null where it was stopped. */
  device: (options: Options) => Promise<object | null>;
};

const stopped: Failure = {
  ok: false,
  code: "invalid",
  message: "Nothing was done: it was stopped, took too long, or this device has no passkey for it.",
};

async function exchange<Options>({ ask, given, answer, device }: Exchange<Options>): Promise<Failure | null> {
  const send = <Data>(path: string, value: object) => sendFile<Data>(path, [JSON.stringify(value)], "application/json");
  const asked = await send<{ options: Options }>(ask, given);
  if (!asked.ok) return asked;
  const made = await device(asked.data.options);
  if (made === null) return stopped;
  const done = await send<{ to: string }>(answer, made);
  if (!done.ok) return done;
  location.assign(withBase(done.data.to));
  return null;
}

/**
 * Lets a device do something with a passkey, and goes where the server then says. Between, `pending`; afterwards why it was refused.
 */
export function usePasskeyExchange<Options>(): {
  pending: boolean;
  failure: Failure | null;
  run: (exchange: Exchange<Options>) => Promise<void>;
} {
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  async function run(asked: Exchange<Options>) {
    setPending(true);
    setFailure(null);
    const refused = await exchange(asked).catch((error: unknown) =>
      error instanceof DOMException ? stopped : unreachable(error),
    );
    if (!refused) return; // another page is on its way
    setFailure(refused);
    setPending(false);
  }
  return { pending, failure, run };
}
