import { Button } from "@/components/ui/button";
import { Moment } from "@/components/ui/moment";
import { Select } from "@/components/ui/select";
import { Named, ShortList } from "@/components/ui/short-list";
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
    <ShortList
      flush
      caption="Members"
      rows={members}
      keyOf={({ personId }) => personId}
      columns={[
        { title: "Name", of: ({ name, email }) => <Named below={email}>{name}</Named> },
        { title: "Role", of: (member) => <RoleSelect {...{ member, onChange }} /> },
        { title: "Last seen", of: (member) => <Seen {...{ member, zone, now }} /> },
        {
          title: "Member since",
          of: ({ since, by }) => (
            <Named below={`by ${by}`}>
              <Moment at={since} {...{ zone, now }} />
            </Named>
          ),
        },
      ]}
      acts={(member) => (
        <span>
          <Button variant="quiet" onClick={() => onAsk("link", member)}>
            Link…<span className="sr-only"> for {member.name}</span>
          </Button>
          <Button variant="quiet" onClick={() => onAsk("remove", member)}>
            Remove…<span className="sr-only"> {member.name}</span>
          </Button>
        </span>
      )}
    />
  );
}

function RoleSelect({ member, onChange }: { member: Member; onChange: MemberTableProps["onChange"] }) {
  return (
    <Select
      aria-label={`Role of ${member.name}`}
      className="w-28"
      value={member.role}
      onChange={(event) => onChange(member, event.target.value as Role, member.role)}
      options={roleOptions}
    />
  );
}

function Seen({ member, zone, now }: { member: Member; zone: string; now: Date }) {
  if (member.disabled) return <Tag tone="warn">Disabled</Tag>;
  if (member.lastSeen) return <Moment at={member.lastSeen} {...{ zone, now }} />;
  return member.entered ? "Not signed in" : <Tag>Invited</Tag>;
}
