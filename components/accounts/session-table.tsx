import { PlainForm } from "@/components/accounts/plain-form";
import { buttonClass } from "@/components/ui/button-class";
import { Moment } from "@/components/ui/moment";
import { Tag } from "@/components/ui/tag";
import { browserName } from "@/lib/accounts/browser-name";
import type { OwnSession } from "@/lib/accounts/own";
import { withBase } from "@/lib/base-path";

/** Where one is signed in: from where and since when, and how to end it. */
export function SessionTable({ sessions, now }: { sessions: OwnSession[]; now: Date }) {
  return (
    <div className="flex flex-col gap-4">
      <ul className="flex flex-col divide-y divide-hairline rounded-md border">
        {sessions.map((session) => (
          <li key={session.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-2">
            <div className="min-w-0 flex-1">
              <p className="font-medium [overflow-wrap:anywhere]">
                {browserName(session.browser)}
                {session.address && ` from ${session.address}`} {session.current && <Tag>This one</Tag>}
              </p>
              <p className="text-sm text-mute">
                Since <Moment at={session.since} zone="UTC" now={now} />, last seen{" "}
                <Moment at={session.seen} zone="UTC" now={now} />
              </p>
            </div>
            {!session.current && <EndSession id={session.id} label={`End ${browserName(session.browser)}`} />}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <PlainForm path="/account/sessions" submitLabel="End all others">
          <input type="hidden" name="session" value="others" />
        </PlainForm>
      )}
    </div>
  );
}

function EndSession({ id, label }: { id: string; label: string }) {
  return (
    <form action={withBase("/account/sessions")} method="post" className="plain">
      <input type="hidden" name="session" value={id} />
      <button type="submit" aria-label={label} className={buttonClass()}>
        End
      </button>
    </form>
  );
}
