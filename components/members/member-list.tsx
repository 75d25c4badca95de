"use client";

import { useState } from "react";
import { Question } from "@/components/forms/question";
import { unreachable } from "@/components/forms/unreachable";
import { toast } from "@/components/ui/toast";
import type { Role } from "@/lib/access/permissions";
import type { Mailed } from "@/lib/accounts/mailed";
import { changeRoleAction, handOverLinkAction, removeMemberAction } from "@/lib/members/actions";
import type { Member } from "@/lib/members/queries";
import { HandedLink, LinkWords } from "./handed-link";
import { type MemberAct, MemberTable } from "./member-table";

type MemberListProps = {
  application: { id: number; name: string; timeZone: string };
  members: Member[];
  /** Whether mails are sent. */
  mails: boolean;
  now: Date;
};
type Handed = { member: Member; link: { token: string; expires: Date }; mail: Mailed | null };

/** The members of an application; each gets another role, a link to get in again, or is removed. */
export function MemberList({ application, members, mails, now }: MemberListProps) {
  const [asked, setAsked] = useState<{ act: MemberAct; member: Member }>();
  const [handed, setHanded] = useState<Handed>();
  const applicationId = application.id;
  const close = () => setAsked(undefined);

  async function change(of: Member, role: Role, shown: Role) {
    const { personId, name } = of;
    const result = await changeRoleAction({ applicationId, personId, role, shown }).catch(unreachable);
    if (!result.ok) return toast.error(result.message);
    toast.success(`${name} is ${role} now`, {
      action: { label: "Undo", onClick: () => void change(of, shown, role) },
    });
  }

  const { member } = asked ?? {};
  const input = { applicationId, personId: member?.personId ?? "" };
  return (
    <>
      {handed && (
        <div className="px-4 pb-4 sm:px-6">
          <HandedLink
            key={handed.link.token}
            title={`A link for ${handed.member.name}`}
            name={handed.member.name}
            link={handed.link}
            mail={handed.mail}
            zone={application.timeZone}
            onDone={() => setHanded(undefined)}
          >
            By it {handed.member.name} sets a new password and is signed in; their other browsers are signed out.
          </HandedLink>
        </div>
      )}
      <MemberTable
        {...{ members, now }}
        zone={application.timeZone}
        onChange={change}
        onAsk={(act, chosen) => setAsked({ act, member: chosen })}
      />
      {member && asked?.act === "link" && (
        <Question
          title={`Make a link for ${member.name}?`}
          confirmLabel="Make link"
          tone="primary"
          refusedTitle={`There is no link for ${member.name}`}
          act={() => handOverLinkAction(input)}
          onDone={({ link, mail }) => {
            close();
            setHanded({ member, link, mail });
          }}
          onClose={close}
        >
          <LinkWords email={member.email} mails={mails} />
        </Question>
      )}
      {member && asked?.act === "remove" && (
        <Question
          title={`Remove ${member.name}?`}
          confirmLabel="Remove member"
          tone="danger"
          refusedTitle={`${member.name} was not removed`}
          act={() => removeMemberAction(input)}
          onDone={() => {
            close();
            toast.success(`Removed ${member.name}`);
          }}
          onClose={close}
        >
          From the next moment on {member.name} sees nothing of {application.name} any more. What they did stays on
          record under their name, and you can invite them again.
        </Question>
      )}
    </>
  );
}
