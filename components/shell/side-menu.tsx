import {
  Activity,
  ChevronsUpDown,
  CircleCheckBig,
  KeyRound,
  Layers,
  LayoutDashboard,
  Megaphone,
  ScrollText,
  Settings2,
  Tags,
  Ticket,
  UserRoundCog,
  Users,
} from "lucide-react";
import { SignOut } from "@/components/accounts/sign-out";
import { NearLink } from "@/components/ui/near-link";
import { zoneName } from "@/lib/zone";
import { NavLink } from "./nav-link";
import { ThemeToggle } from "./theme-toggle";

export type ShellApplication = { id: number; name: string; timeZone: string };
export type ShellCampaign = { id: number; name: string; hasReferrals: boolean };

/** Where one is, who one is and where one can go: the application, its campaigns, and the pages of the open campaign. */
export function SideMenu(props: { person: string; application: ShellApplication; campaign?: ShellCampaign }) {
  const { person, application, campaign } = props;
  const campaigns = `/applications/${application.id}/campaigns`;
  return (
    <div className="flex min-w-0 flex-1 flex-col">
      <div className="mb-3 flex items-center">
        <NearLink
          href={campaigns}
          className="flex min-h-9 min-w-0 flex-1 items-center gap-2.5 rounded-md px-2 font-semibold hover:bg-hover"
        >
          <span
            aria-hidden="true"
            className="grid size-5.5 shrink-0 place-items-center rounded-md bg-ink text-xs text-ground forced-edge"
          >
            {[...application.name][0]?.toUpperCase()}
          </span>
          <span className="truncate">{application.name}</span>
        </NearLink>
        <NearLink
          href="/applications"
          aria-label="All applications"
          title="All applications"
          className="grid size-7 shrink-0 place-items-center rounded-md text-mute hover:bg-hover hover:text-ink"
        >
          <ChevronsUpDown aria-hidden="true" className="size-4" />
        </NearLink>
      </div>
      <nav aria-label="Main" className="flex flex-col gap-0.5">
        <NavLink href={campaigns} exact icon={<Megaphone aria-hidden="true" />}>
          Campaigns
        </NavLink>
        <NavLink href={`/applications/${application.id}/attributes`} icon={<Tags aria-hidden="true" />}>
          Attributes
        </NavLink>
        <NavLink href={`/applications/${application.id}/customers`} icon={<Users aria-hidden="true" />}>
          Customers
        </NavLink>
        <NavLink href={`/applications/${application.id}/check`} icon={<CircleCheckBig aria-hidden="true" />}>
          Check a code
        </NavLink>
        <NavLink href={`/applications/${application.id}/keys`} needs="keys.read" icon={<KeyRound aria-hidden="true" />}>
          API keys
        </NavLink>
        <NavLink
          href={`/applications/${application.id}/members`}
          needs="members.read"
          icon={<UserRoundCog aria-hidden="true" />}
        >
          Members
        </NavLink>
        <NavLink
          href={`/applications/${application.id}/audit`}
          needs="audit.read"
          icon={<ScrollText aria-hidden="true" />}
        >
          Audit
        </NavLink>
        {campaign && <CampaignLinks base={`${campaigns}/${campaign.id}`} campaign={campaign} />}
      </nav>
      <div className="mt-auto flex items-center justify-between gap-1 border-t border-hairline pt-2 text-sm text-mute">
        <NearLink
          href="/account"
          title="Account"
          className="flex min-h-7 min-w-0 flex-1 items-center rounded-md px-2 [overflow-wrap:anywhere] hover:bg-hover hover:text-ink"
        >
          {person}
        </NearLink>
        <SignOut />
      </div>
      <div className="flex items-center justify-between gap-2 pl-2 text-sm text-mute">
        <span className="min-w-0 [overflow-wrap:anywhere]">{zoneSentence(application.timeZone)}</span>
        <ThemeToggle />
      </div>
    </div>
  );
}

function CampaignLinks({ base, campaign }: { base: string; campaign: ShellCampaign }) {
  return (
    <>
      <p className="px-2 pt-4 pb-1 text-sm text-mute [overflow-wrap:anywhere]">{campaign.name}</p>
      <NavLink href={base} exact icon={<LayoutDashboard aria-hidden="true" />}>
        Overview
      </NavLink>
      {campaign.hasReferrals && (
        <>
          <NavLink
            href={`${base}/referrals`}
            besides={`${base}/referrals/batches`}
            whole
            icon={<Ticket aria-hidden="true" />}
          >
            Referrals
          </NavLink>
          <NavLink href={`${base}/referrals/batches`} icon={<Layers aria-hidden="true" />}>
            Batches
          </NavLink>
        </>
      )}
      <NavLink href={`${base}/operations`} icon={<Activity aria-hidden="true" />}>
        Operations
      </NavLink>
      <NavLink href={`${base}/settings`} needs="campaigns.write" icon={<Settings2 aria-hidden="true" />}>
        Settings
      </NavLink>
    </>
  );
}

function zoneSentence(zone: string): string {
  const name = zoneName(zone);
  return name === null ? `Times in ${zone}` : `Times in ${name} (${zone})`;
}
