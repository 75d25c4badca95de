import { ButtonLink } from "@/components/ui/button-link";

/** Which passkeys one has, and where one changes that. */
export function PasskeyNames({ names }: { names: string[] }) {
  return (
    <>
      <p className="max-w-prose text-pretty [overflow-wrap:anywhere]">
        {names.length > 0 ? names.join(", ") : "There is none."}
      </p>
      <ButtonLink href="/account/passkeys" className="self-start">
        {names.length > 0 ? "Change passkeys" : "Add a passkey"}
      </ButtonLink>
    </>
  );
}
