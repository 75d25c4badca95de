import { Button } from "@/components/ui/button";
import { Moment } from "@/components/ui/moment";
import { Named, ShortList } from "@/components/ui/short-list";
import { Tag } from "@/components/ui/tag";
import type { Account } from "@/lib/accounts/queries";

/** What can be asked of an account. */
export type AccountAct = "link" | "grant" | "withdraw" | "disable" | "enable" | "factor";

type AccountTableProps = {
  accounts: Account[];
  /** Whoever looks. */
  ownId: string;
  now: Date;
  onAsk: (act: AccountAct, account: Account) => void;
};

const zone = "UTC"; // whoever administers the server is on no application's clocks

/** The accounts by name: where each may do what, when they were last seen, and what can be done with each. */
export function AccountTable({ accounts, ownId, now, onAsk }: AccountTableProps) {
  return (
    <ShortList
      flush
      caption="Accounts"
      rows={accounts}
      keyOf={({ personId }) => personId}
      columns={[
        { title: "Name", of: (account) => <Who account={account} own={account.personId === ownId} /> },
        { title: "Applications", of: (account) => <Roles account={account} /> },
        { title: "Last seen", of: (account) => <Seen account={account} now={now} /> },
        { title: "Made", of: ({ made }) => <Moment at={made} {...{ zone, now }} /> },
      ]}
      acts={(account) => <Acts {...{ account, ownId, onAsk }} />}
    />
  );
}

function Who({ account: { name, email, administrator }, own }: { account: Account; own: boolean }) {
  return (
    <Named below={email}>
      {name} {administrator && <Tag tone="accent">Administrator</Tag>} {own && <Tag>You</Tag>}
    </Named>
  );
}

function Roles({ account: { administrator, roles } }: { account: Account }) {
  if (administrator) return "All of them";
  if (roles.length === 0) return <span className="text-mute">None</span>;
  return (
    <ul>
      {roles.map(({ application, role }) => (
        <li key={application}>
          {application} <span className="text-mute">({role})</span>
        </li>
      ))}
    </ul>
  );
}

function Seen({ account: { disabled, lastSeen, entered }, now }: { account: Account; now: Date }) {
  if (disabled)
    return (
      <>
        <Tag tone="warn">Disabled</Tag>
        <span className="block text-sm text-mute">
          <Moment at={disabled} {...{ zone, now }} />
        </span>
      </>
    );
  if (lastSeen) return <Moment at={lastSeen} {...{ zone, now }} />;
  return entered ? "Not signed in" : <Tag>Invited</Tag>;
}

type ActsProps = { account: Account; ownId: string; onAsk: AccountTableProps["onAsk"] };

function Acts({ account, ownId, onAsk }: ActsProps) {
  const offered: [act: AccountAct, label: string][] = account.disabled
    ? [["enable", "Enable…"]]
    : [["link", "Link…"], account.administrator ? ["withdraw", "No administrator…"] : ["grant", "Administrator…"]];
  const isOther = account.personId !== ownId;
  if (isOther && account.secondFactor) offered.push(["factor", "No second factor…"]);
  if (isOther && !account.disabled) offered.push(["disable", "Disable…"]);
  return (
    <span className="max-w-80 flex-wrap">
      {offered.map(([act, label]) => (
        <Button key={act} variant="quiet" onClick={() => onAsk(act, account)}>
          {label}
          <span className="sr-only"> {account.name}</span>
        </Button>
      ))}
    </span>
  );
}
