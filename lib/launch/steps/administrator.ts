// Makes the first administrator of ADMIN_EMAIL and ADMIN_PASSWORD in the database of DATABASE_URL.
import { makeFirst } from "@/lib/accounts/people";
import { firstPersonInput } from "@/lib/accounts/schema";
import { closeDatabase } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { say } from "../progress";
import { onShutdown, runTask } from "../shutdown";

await runTask(async () => {
  onShutdown(closeDatabase);
  const { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = process.env;
  const person = firstPersonInput.parse({ name: "Administrator", email, password });
  try {
    await makeFirst(person);
    say("Accounts", `${person.email} is the administrator`);
  } catch (error) {
    if (!(error instanceof DomainError && error.reason.reason === "person_exists")) throw error; // another start was first
  }
  return 0;
});
