"use client";

import { useState } from "react";
import { Question } from "@/components/forms/question";
import { unreachable } from "@/components/forms/unreachable";
import { toast } from "@/components/ui/toast";
import type { Role } from "@/lib/access/permissions";
import { changeRoleAction, handOverLinkAction, removeMemberAction } from "@/lib/members/actions";
import type { Member } from "@/lib/members/queries";
import { HandedAgain, LinkQuestion, type MadeLink } from "./handed-link";
import { type MemberAct, MemberTable } from "./member-table";

type MemberListProps = {
  application: { id: number; name: string; timeZone: string };
  members: Member[];
  /** Whether mails are sent. */
  mails: boolean;
  now: Date;
};

/** The members of an application; each gets another role, a link to get in again, or is removed. */
export function MemberList({ application, members, mails, now }: MemberListProps) {
  const [asked, setAsked] = useState<{ act: MemberAct; member: Member }>();
  const [handed, setHanded] = useState<MadeLink>();
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
      {handed && <HandedAgain made={handed} zone={application.timeZone} onDone={() => setHanded(undefined)} />}
      <MemberTable
        {...{ members, now }}
        zone={application.timeZone}
        onChange={change}
        onAsk={(act, chosen) => setAsked({ act, member: chosen })}
      />
      {member && asked?.act === "link" && (
        <LinkQuestion
          person={member}
          mails={mails}
          act={() => handOverLinkAction(input)}
          onDone={setHanded}
          onClose={close}
        />
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
