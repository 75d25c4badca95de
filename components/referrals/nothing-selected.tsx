import { TicketX } from "lucide-react";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";

/** Stands where the codes that an address names do not exist, or none are named. Nothing wider is ever shown instead. */
export function NothingSelected({ title, listPath }: { title: string; listPath: string }) {
  return (
    <>
      <PageHeader title={title} />
      <EmptyState
        icon={<TicketX aria-hidden="true" />}
        title="No such codes"
        actions={
          <ButtonLink variant="primary" href={listPath}>
            All referrals
          </ButtonLink>
        }
      >
        The address names no code, batch or selection of this campaign. They may have been deleted meanwhile; Operations
        shows that and can undo it. A selection is kept for a day.
      </EmptyState>
    </>
  );
}
