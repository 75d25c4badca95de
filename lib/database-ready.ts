/**
 * What the launch lets the application wait for, which loads while the database starts, and the folder of an embedded one. It is the
 * process's own, because the launch and the parts of the built application share no modules.
 */
export const databaseReady = globalThis as { referralsDatabaseReady?: Promise<void>; referralsDatabaseFolder?: string };
