import type { Metadata } from "next";
import { BlankPage } from "@/components/shell/blank-page";
import { ButtonLink } from "@/components/ui/button-link";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <BlankPage
      title="There is nothing at this address"
      actions={
        <ButtonLink href="/" variant="primary">
          Go to the campaigns
        </ButtonLink>
      }
    >
      What it named does not exist, belongs to another application or has been deleted. A deleted code can be brought
      back from its campaign's operations.
    </BlankPage>
  );
}
