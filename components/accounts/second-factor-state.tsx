import { ButtonLink } from "@/components/ui/button-link";
import { Moment } from "@/components/ui/moment";

/** What a second factor is at the moment, in a few words. */
export interface FactorState {
  since: Date;
  codesLeft: number;
}

/** Whether one has a second factor, and where one changes that. */
export function SecondFactorState({ factor, now }: { factor: FactorState | null; now: Date }) {
  return (
    <>
      <p className="max-w-prose text-pretty">
        {factor ? <FactorFacts factor={factor} now={now} /> : "There is none: a password is enough to sign in as you."}
      </p>
      <ButtonLink href="/account/second-factor" className="self-start">
        {factor ? "Change second factor" : "Set up second factor"}
      </ButtonLink>
    </>
  );
}

/** Since when there is one, and how many recovery codes are left. */
export function FactorFacts({ factor: { since, codesLeft }, now }: { factor: FactorState; now: Date }) {
  const left = codesLeft === 1 ? "One recovery code is" : `${codesLeft} recovery codes are`;
  return (
    <>
      Asked for since <Moment at={since} zone="UTC" now={now} /> (UTC). {left} left.
    </>
  );
}
