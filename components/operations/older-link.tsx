import { ButtonLink } from "@/components/ui/button-link";

type OlderLinkProps = {
  newest: string | null;
  older: string | null;
  /** What the links are called, in a list that is in another order. */
  first?: string;
  next?: string;
};

/** The foot of a list that is read newest first: on to older rows, or back to the newest. */
export function OlderLink({ newest, older, first = "Newest", next = "Older" }: OlderLinkProps) {
  if (!newest && !older) return null;
  return (
    <nav aria-label="Pages" className="flex gap-2 border-t bg-panel px-4 py-2.5 sm:px-6">
      {newest && <ButtonLink href={newest}>{first}</ButtonLink>}
      {older && <ButtonLink href={older}>{next}</ButtonLink>}
    </nav>
  );
}
