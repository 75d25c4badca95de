"use server";

import { linkForAccount, removeFactor, setAdministrator, setDisabled } from "@/lib/accounts/commands";
import { mailLink } from "@/lib/accounts/mailed";
import { accountInput, administratorInput, disabledInput } from "@/lib/accounts/schema";
import { defineAction } from "@/lib/action";

/** Lets somebody administer the server, or no longer. */
export const setAdministratorAction = defineAction({
  input: administratorInput,
  permission: "accounts.write",
  run: setAdministrator,
});

/** Keeps somebody from signing in, or lets them sign in again. */
export const setDisabledAction = defineAction({ input: disabledInput, permission: "accounts.write", run: setDisabled });

/** Makes a link by which somebody sets a new password. */
export const linkForAccountAction = defineAction({
  input: accountInput,
  permission: "accounts.write",
  run: async (scope, input) => {
    const made = await linkForAccount(scope, input);
    return { ...made, mail: await mailLink(made) };
  },
  refreshes: false,
});

/** Takes the second factor of somebody who lost it away. */
export const removeFactorAction = defineAction({
  input: accountInput,
  permission: "accounts.write",
  run: removeFactor,
});
