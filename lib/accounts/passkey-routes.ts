import { keepFlash } from "@/lib/accounts/flash";
import { formEndpoint } from "@/lib/accounts/form";
import { jsonEndpoint } from "@/lib/accounts/json-endpoint";
import { oneself } from "@/lib/accounts/oneself";
import { addPasskey, beginPasskey, removePasskey, renamePasskey } from "@/lib/accounts/passkeys";
import {
  addPasskeyInput,
  askPasskeyInput,
  enterPasskeyInput,
  newPasskeyInput,
  removePasskeyInput,
  renamePasskeyInput,
} from "@/lib/accounts/schema";
import { askForPasskey, enterByPasskey } from "@/lib/accounts/sign-in-passkey";
import { ownPath } from "@/lib/asked-path";

const page = "/account/passkeys";
const anybody = async () => null;

/** What a device needs to make a passkey. */
export const beginPasskeyRoute = jsonEndpoint(oneself, newPasskeyInput, async (given, { headers }, somebody) => {
  const { options, cookies } = await beginPasskey(somebody, given, headers);
  return { data: { options }, cookies };
});

/** Adds the passkey that a device has made; answers where to go then. */
export const addPasskeyRoute = jsonEndpoint(oneself, addPasskeyInput, async ({ made }, { headers }, somebody) => {
  const cookies = await addPasskey(somebody, made, headers);
  const done = "The passkey is added. From now on it signs you in.";
  const { id, cookie } = keepFlash({ done, fields: {}, typed: {} }, headers);
  return { data: { to: `${page}?form=${id}` }, cookies: [...cookies, cookie] };
});

/** What a device needs to let somebody in by a passkey. */
export const askPasskeyRoute = jsonEndpoint(anybody, askPasskeyInput, async (_, { headers }) => {
  const { options, cookies } = await askForPasskey(headers);
  return { data: { options }, cookies };
});

/** Signs in by a passkey; answers where to go then. */
export const enterPasskeyRoute = jsonEndpoint(anybody, enterPasskeyInput, async ({ used, to }, { headers }) => ({
  data: { to: ownPath(to) },
  cookies: await enterByPasskey(used, headers),
}));

/** Calls one of one's passkeys otherwise. */
export const renamePasskeyForm = formEndpoint(
  renamePasskeyInput,
  () => page,
  async ({ passkey, name }) => {
    await renamePasskey(await oneself(), passkey, name);
    return { to: page, says: "The name is saved." };
  },
);

/** Removes one of one's passkeys. */
export const removePasskeyForm = formEndpoint(
  removePasskeyInput,
  () => page,
  async ({ passkey }) => {
    const name = await removePasskey(await oneself(), passkey);
    return { to: page, says: `The passkey “${name}” is removed. It signs nobody in any more.` };
  },
);
