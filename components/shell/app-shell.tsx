import type { ReactNode } from "react";
import { Activity } from "@/components/operations/activity";
import { type Entered, lacking } from "@/lib/access/offer";
import { MenuDrawer } from "./menu-drawer";
import { type ShellApplication, type ShellCampaign, SideMenu } from "./side-menu";

type AppShellProps = {
  application: ShellApplication;
  campaign?: ShellCampaign;
  /** Where, and who looks: what they may not do there is not offered (needs.css hides what has such a `data-needs`). */
  scope: Entered;
  children: ReactNode;
};

/** The frame of every page: skip link, menu at the left (a bar on top where it is narrow), content. */
export function AppShell({ application, campaign, scope, children }: AppShellProps) {
  const menu = <SideMenu person={scope.actor.name} application={application} campaign={campaign} />;
  return (
    <div data-lacks={lacking(scope).join(" ")} className="min-h-dvh md:grid md:grid-cols-[12rem_minmax(0,1fr)]">
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-accent-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <header className="sticky top-0 z-30 flex h-12 items-center gap-2 border-b bg-ground px-2 md:hidden">
        <MenuDrawer>{menu}</MenuDrawer>
        <p className="min-w-0 truncate font-semibold">
          {application.name}
          {campaign && <span className="font-normal text-mute"> / {campaign.name}</span>}
        </p>
      </header>
      <aside aria-label="Menu" className="sticky top-0 hidden h-dvh overflow-y-auto border-r px-2.5 py-3 md:flex">
        {menu}
      </aside>
      <main id="main" tabIndex={-1} className="flex min-w-0 flex-col outline-none">
        {children}
      </main>
      <Activity applicationId={application.id} />
    </div>
  );
}
