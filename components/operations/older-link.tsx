import { ButtonLink } from "@/components/ui/button-link";

/** The foot of a list that is read newest first: on to older rows, or back to the newest. */
export function OlderLink({ newest, older }: { newest: string | null; older: string | null }) {
  if (!newest && !older) return null;
  return (
    <nav aria-label="Pages" className="flex gap-2 border-t bg-panel px-4 py-2.5 sm:px-6">
      {newest && <ButtonLink href={newest}>Newest</ButtonLink>}
      {older && <ButtonLink href={older}>Older</ButtonLink>}
    </nav>
  );
}
