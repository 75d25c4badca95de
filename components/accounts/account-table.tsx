import { Button } from "@/components/ui/button";
import { Moment } from "@/components/ui/moment";
import { Table } from "@/components/ui/table";
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
    <Table caption="Accounts" className="border-t [&_:is(th,td):first-child]:pl-4 sm:[&_:is(th,td):first-child]:pl-6">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Applications</th>
          <th scope="col">Last seen</th>
          <th scope="col">Made</th>
          <th scope="col">
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => (
          <tr key={account.personId} className="[&>*]:py-1.5 [&>*]:align-top">
            <th scope="row">
              <span className="block w-max max-w-72 whitespace-normal [overflow-wrap:anywhere]">
                {account.name} {account.administrator && <Tag tone="accent">Administrator</Tag>}{" "}
                {account.personId === ownId && <Tag>You</Tag>}
              </span>
              <span className="block max-w-72 text-sm font-normal whitespace-normal text-mute [overflow-wrap:anywhere]">
                {account.email}
              </span>
            </th>
            <td className="min-w-40 whitespace-normal">
              <Roles account={account} />
            </td>
            <td className="num">
              <Seen account={account} now={now} />
            </td>
            <td className="num">
              <Moment at={account.made} {...{ zone, now }} />
            </td>
            <td>
              <Acts {...{ account, ownId, onAsk }} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Roles({ account: { administrator, roles } }: { account: Account }) {
  if (administrator) return "All of them";
  if (roles.length === 0) return <span className="text-mute">None</span>;
  return (
    <ul>
      {roles.map(({ application, role }) => (
        <li key={application} className="max-w-72 [overflow-wrap:anywhere]">
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
    <span className="flex justify-end gap-1">
      {offered.map(([act, label]) => (
        <Button key={act} variant="quiet" onClick={() => onAsk(act, account)}>
          {label}
          <span className="sr-only"> {account.name}</span>
        </Button>
      ))}
    </span>
  );
}
