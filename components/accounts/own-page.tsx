import type { ReactNode } from "react";
import { BarePage } from "@/components/shell/bare-page";
import { Banner } from "@/components/ui/banner";
import { FormErrors } from "@/components/ui/form-errors";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import type { FormState } from "@/lib/accounts/state";

type OwnPageProps = {
  title: string;
  description?: string;
  actions?: ReactNode;
  back?: { href: string; label: string };
  /** Of the form of it that was sent. */
  state: FormState;
  children: ReactNode;
};

/** A page of one's account, which says what became of the form of it that was sent. */
export function OwnPage({ state, children, ...head }: OwnPageProps) {
  return (
    <BarePage>
      <PageHeader {...head} />
      <PageBody>
        {state.done && <Banner live>{state.done}</Banner>}
        <FormErrors message={state.message} fieldErrors={state.fields} />
        {children}
      </PageBody>
    </BarePage>
  );
}
