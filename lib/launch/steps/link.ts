// Makes a link that lets somebody in once, in the database of DATABASE_URL, and prints its path alone on the last line. Its arguments:
// what it is for, and for `reset` whose it is; without an address the first administrator's. `reset-without-second-factor` takes theirs away.
import { createLink, linkPath } from "@/lib/accounts/links";
import { findPerson } from "@/lib/accounts/people";
import { removeFactorOf } from "@/lib/accounts/second-factor";
import { closeDatabase } from "@/lib/db";
import { LaunchProblem } from "../problem";
import { say } from "../progress";
import { onShutdown, runTask } from "../shutdown";

await runTask(async () => {
  onShutdown(closeDatabase);
  const [kind, email] = process.argv.slice(2);
  if (kind === "setup" || kind === "demo") {
    console.log(linkPath((await createLink({ kind })).token));
    return 0;
  }
  const person = await findPerson(email);
  if (!person)
    throw new LaunchProblem(
      email === undefined
        ? "Nobody is here yet: start the server, which prints a link for the first administrator."
        : `--email is “${email}”, and nobody here has that address.`,
    );
  if (person.disabled)
    throw new LaunchProblem(
      `The account of ${person.name} is disabled. An administrator enables it on the page Accounts.`,
    );
  const { token } = await createLink({ kind: "reset", personId: person.id });
  say("For", `${person.name}, ${person.email}`);
  if (kind === "reset-without-second-factor")
    say("2nd factor", (await removeFactorOf(person)) ? "taken away" : "there was none");
  console.log(linkPath(token));
  return 0;
});
