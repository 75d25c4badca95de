/** What stops a launch and is not our fault. Its message is the one sentence the operator sees: what, and the mend. */
export class LaunchProblem extends Error {
  override readonly name = "LaunchProblem";
}

/** The code of a system error (`EADDRINUSE`) or of a database error (`57P03`), if it has one. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
