import type { Sentences } from "@/lib/say";

/** Why nobody is signed in by the provider, or a sign-in of theirs stays. */
export type OidcReason =
  | { reason: "oidc_off" }
  | { reason: "oidc_denied"; name: string }
  | { reason: "oidc_away"; name: string }
  | { reason: "oidc_wrong"; name: string }
  | { reason: "oidc_over"; name: string }
  | { reason: "oidc_stranger"; name: string }
  | { reason: "oidc_busy" }
  | { reason: "oidc_gone" }
  | { reason: "oidc_only_way"; name: string };

export const oidcSentences: Sentences<OidcReason> = {
  oidc_off: () => "This server has no other way to sign in than a password or a link.",
  oidc_denied: ({ name }) => `${name} did not sign you in, or you cancelled it there. Try again.`,
  oidc_away: ({ name }) => `${name} could not be reached, or took too long. Try again in a minute.`,
  oidc_wrong: ({ name }) =>
    `What ${name} answered cannot be trusted, so nobody was signed in. Try again; if it stays so, tell whoever administers this server.`,
  oidc_over: ({ name }) =>
    `Signing in with ${name} took more than 10 minutes, or was begun again elsewhere. Begin again here.`,
  oidc_stranger: ({ name }) =>
    `Nobody here has an e-mail address that ${name} says is yours. Ask an admin to invite you by that address.`,
  oidc_busy: () => "Too many people are signing in at this moment. Try again in a few seconds.",
  oidc_gone: () => "This sign-in is not linked any more.",
  oidc_only_way: ({ name }) => `${name} is your only way in. Set a password first, then unlink it.`,
};
