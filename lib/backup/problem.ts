/** Why a backup cannot be made or restored. Its message is the sentence the operator sees: what, and the mend. */
export class BackupProblem extends Error {
  override readonly name = "BackupProblem";
}
