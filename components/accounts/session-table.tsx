import { PlainForm } from "@/components/accounts/plain-form";
import { Moment } from "@/components/ui/moment";
import { ShortList } from "@/components/ui/short-list";
import { Tag } from "@/components/ui/tag";
import { browserName } from "@/lib/accounts/browser-name";
import type { OwnSession } from "@/lib/accounts/own";

/** Where one is signed in: from where and since when, and how to end it. */
export function SessionTable({ sessions, now }: { sessions: OwnSession[]; now: Date }) {
  const moment = (at: Date) => <Moment at={at} zone="UTC" now={now} />;
  return (
    <>
      <ShortList
        caption="Sessions"
        className="rounded-md border"
        rows={sessions}
        keyOf={({ id }) => id}
        columns={[
          { title: "Browser", of: (session) => <Browser session={session} /> },
          { title: "Since", of: ({ since }) => moment(since) },
          { title: "Last seen", of: ({ seen }) => moment(seen) },
        ]}
        acts={({ id, current, browser }) =>
          !current && (
            <PlainForm path="/account/sessions" submitLabel="End" about={browserName(browser)} variant="quiet">
              <input type="hidden" name="session" value={id} />
            </PlainForm>
          )
        }
      />
      {sessions.length > 1 && (
        <PlainForm path="/account/sessions" submitLabel="End all others" variant="plain">
          <input type="hidden" name="session" value="others" />
        </PlainForm>
      )}
    </>
  );
}

function Browser({ session: { browser, address, current } }: { session: OwnSession }) {
  return (
    <>
      {browserName(browser)}
      {address && ` from ${address}`} {current && <Tag>This one</Tag>}
    </>
  );
}
