/** How long somebody stays signed in who does nothing. How long at most is better-auth's to say (lib/accounts/auth.ts). */
export const idleHours = 12;
