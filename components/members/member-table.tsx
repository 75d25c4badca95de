import { Button } from "@/components/ui/button";
import { Moment } from "@/components/ui/moment";
import { Select } from "@/components/ui/select";
import { Table } from "@/components/ui/table";
import { Tag } from "@/components/ui/tag";
import type { Role } from "@/lib/access/permissions";
import type { Member } from "@/lib/members/queries";
import { roleOptions } from "./role-words";

/** What can be asked of a member: a link by which they get in again, or that they go. */
export type MemberAct = "link" | "remove";

type MemberTableProps = {
  members: Member[];
  zone: string;
  now: Date;
  onChange: (member: Member, role: Role, shown: Role) => void;
  onAsk: (act: MemberAct, member: Member) => void;
};

/** The members by name, each with role and when they were last seen. */
export function MemberTable({ members, zone, now, onChange, onAsk }: MemberTableProps) {
  if (members.length === 0)
    return (
      <p className="border-t px-4 py-4 text-mute sm:px-6">
        Nobody is a member yet: only who administers the server comes in here.
      </p>
    );
  return (
    <Table caption="Members" className="border-t [&_:is(th,td):first-child]:pl-4 sm:[&_:is(th,td):first-child]:pl-6">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Role</th>
          <th scope="col">Last seen</th>
          <th scope="col">Member since</th>
          <th scope="col">
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {members.map((member) => (
          <tr key={member.personId}>
            <th scope="row">
              <span className="block w-max max-w-72 whitespace-normal [overflow-wrap:anywhere]">{member.name}</span>
              <span className="block max-w-72 text-sm font-normal whitespace-normal text-mute [overflow-wrap:anywhere]">
                {member.email}
              </span>
            </th>
            <td>
              <Select
                aria-label={`Role of ${member.name}`}
                className="w-28"
                value={member.role}
                onChange={(event) => onChange(member, event.target.value as Role, member.role)}
                options={roleOptions}
              />
            </td>
            <td className="num">
              {member.disabled ? (
                <Tag tone="warn">Disabled</Tag>
              ) : member.lastSeen ? (
                <Moment at={member.lastSeen} zone={zone} now={now} />
              ) : member.entered ? (
                "Not signed in"
              ) : (
                <Tag tone="neutral">Invited</Tag>
              )}
            </td>
            <td className="num">
              <Moment at={member.since} zone={zone} now={now} />
              <span className="block text-sm text-mute">by {member.by}</span>
            </td>
            <td>
              <span className="flex justify-end gap-1">
                <Button variant="quiet" onClick={() => onAsk("link", member)}>
                  Link…<span className="sr-only"> for {member.name}</span>
                </Button>
                <Button variant="quiet" onClick={() => onAsk("remove", member)}>
                  Remove…<span className="sr-only"> {member.name}</span>
                </Button>
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
