// Makes the API key that its options ask for in the database of DATABASE_URL, and prints it.
import { operator } from "@/lib/access/actor";
import { admit } from "@/lib/access/scope";
import { listApplications } from "@/lib/applications/queries";
import { closeDatabase } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { formatInstant } from "@/lib/format";
import { createKey } from "@/lib/keys/commands";
import { authorizationScheme, grantable, heldOf, permissionWords } from "@/lib/keys/rules";
import { namedByOption, readKeyOptions } from "../api-key-options";
import { LaunchProblem } from "../problem";
import { say } from "../progress";
import { onShutdown, runTask } from "../shutdown";

await runTask(async () => {
  onShutdown(closeDatabase);
  const { applicationId, ...terms } = readKeyOptions(process.argv.slice(2));
  const applications = await listApplications(admit(operator, {}, "applications.list"));
  const application = applications.find(({ id }) => id === applicationId);
  if (!application) {
    const known = applications
      .slice(0, 20)
      .map(({ id, name }) => `${id} “${name}”`)
      .join(", ");
    throw new LaunchProblem(
      `--application is “${applicationId}”, and there is no such application; ${known ? `there are ${known}` : "make one on the page of the server first"}.`,
    );
  }
  const { key } = await createKey(admit(operator, { applicationId }, "keys.write"), terms).catch((error) => {
    throw error instanceof DomainError ? new LaunchProblem(namedByOption(error)) : error;
  });
  say("Key", `${terms.kind} key “${terms.name}”`);
  say("Reaches", `application ${applicationId}, “${application.name}”, and no other`);
  say(
    "May",
    heldOf(terms.kind, terms.permissions ?? grantable(terms.kind))
      .map(permissionWords)
      .join("; "),
  );
  say("Rate", `${terms.perSecond} requests a second`);
  say("Until", terms.expires ? formatInstant(terms.expires, application.timeZone) : "it is revoked");
  say("Sent as", `Authorization: ${authorizationScheme[terms.kind]} <key>`);
  say("Keep it", "only a hash of it is stored, so that it is shown this once:");
  console.log(key);
  return 0;
});
