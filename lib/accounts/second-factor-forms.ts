import { z } from "zod";
import { formEndpoint } from "@/lib/accounts/form";
import { oneself } from "@/lib/accounts/oneself";
import { confirmInput, ownPasswordInput, removeFactorInput } from "@/lib/accounts/schema";
import {
  beginSecondFactor,
  confirmSecondFactor,
  putAwayCodes,
  removeSecondFactor,
  renewRecoveryCodes,
} from "@/lib/accounts/second-factor";

const page = "/account/second-factor";
const codesPage = `${page}/codes`;
const there = () => page;

/** Makes the secret of a second factor. */
export const beginFactorForm = formEndpoint(ownPasswordInput, there, async ({ password }, { headers }) => ({
  to: page,
  cookies: await beginSecondFactor(await oneself(), password, headers),
}));

/** Sets up the second factor, by a first code. */
export const confirmFactorForm = formEndpoint(confirmInput, there, async ({ code }, { headers }) => ({
  to: codesPage,
  cookies: await confirmSecondFactor(await oneself(), code, headers),
  says: "From now on a code is asked for after the password. Every other session has ended.",
}));

/** Makes recovery codes anew. */
export const renewCodesForm = formEndpoint(ownPasswordInput, there, async ({ password }, { headers }) => ({
  to: codesPage,
  cookies: await renewRecoveryCodes(await oneself(), password, headers),
  says: "The recovery codes before these are of no use any more.",
}));

/** Puts away the recovery codes that are shown. */
export const keptCodesForm = formEndpoint(z.strictObject({}), there, async (_, { headers }) => {
  await oneself();
  return { to: page, cookies: putAwayCodes(headers) };
});

/** Takes the second factor away. */
export const removeFactorForm = formEndpoint(removeFactorInput, there, async ({ current }, { headers }) => {
  await removeSecondFactor(await oneself(), current, headers);
  return { to: page, says: "The second factor is gone, and so are its recovery codes. Every other session has ended." };
});
