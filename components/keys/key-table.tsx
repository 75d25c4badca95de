import { Button } from "@/components/ui/button";
import { Moment } from "@/components/ui/moment";
import { Named, ShortList } from "@/components/ui/short-list";
import { Tag, type Tone } from "@/components/ui/tag";
import { formatBound, formatCount } from "@/lib/format";
import type { ListedKey } from "@/lib/keys/queries";
import { grantable, heldOf, isUsable, type KeyState, keyState, permissionWords } from "@/lib/keys/rules";
import { asLabel, unsetWord } from "@/lib/words";
import { kindWords } from "./kind-words";

/** What is asked about a key before it is done. */
export type KeyAct = "rotate" | "revoke";

type KeyTableProps = { keys: ListedKey[]; zone: string; now: Date; onAsk: (act: KeyAct, key: ListedKey) => void };

/** The keys of an application, with what can be done with each. */
export function KeyTable({ keys, zone, now, onAsk }: KeyTableProps) {
  const moment = (at: Date) => <Moment at={at} {...{ zone, now }} />;
  return (
    <ShortList
      flush
      caption="API keys"
      rows={keys}
      keyOf={({ id }) => id}
      columns={[
        { title: "Key", of: ({ name, hint }) => <Named below={<span className="mono">{hint}</span>}>{name}</Named> },
        { title: "State", of: (key) => <State {...{ listed: key, next: nextOf(key, keys), zone, now }} /> },
        { title: "May do", of: (key) => <Allowed listed={key} /> },
        { title: "Last used", of: ({ lastUsed }) => (lastUsed ? moment(lastUsed) : "Never") },
        { title: "Works until", of: ({ expires }) => <Until {...{ expires, zone }} /> },
        {
          title: "Made",
          of: ({ created, createdBy }) => <Named below={`by ${createdBy}`}>{moment(created)}</Named>,
        },
      ]}
      acts={(key) => <Acts {...{ listed: key, next: nextOf(key, keys), now, onAsk }} />}
    />
  );
}

/** The key that was made in place of one. */
export function nextOf(key: ListedKey, keys: ListedKey[]): ListedKey | undefined {
  return keys.find(({ replacesId }) => replacesId === key.id);
}

type ListedProps = { listed: ListedKey; next: ListedKey | undefined; now: Date };

function Acts({ listed, next, now, onAsk }: ListedProps & Pick<KeyTableProps, "onAsk">) {
  if (!isUsable(listed, now)) return null;
  const which = <span className="sr-only"> {`${listed.name} ${listed.hint}`}</span>;
  return (
    <span>
      {keyState(listed, next, now) === "works" && (
        <Button variant="quiet" onClick={() => onAsk("rotate", listed)}>
          Rotate…{which}
        </Button>
      )}
      <Button variant="quiet" onClick={() => onAsk("revoke", listed)}>
        Revoke…{which}
      </Button>
    </span>
  );
}

function State({ listed, next, now, zone }: ListedProps & { zone: string }) {
  const state = keyState(listed, next, now);
  return (
    <>
      <Tag tone={tones[state]}>{stateWords[state]}</Tag>
      {next && <Next hint={next.hint} replaced={state === "replaced"} />}
      {listed.revoked && (
        <span className="block text-sm text-mute">
          <Moment at={listed.revoked} {...{ zone, now }} />
        </span>
      )}
    </>
  );
}

function Until({ expires, zone }: { expires: Date | null; zone: string }) {
  if (!expires) return asLabel(unsetWord("validUntil"));
  return <time dateTime={expires.toISOString()}>{formatBound(expires, zone, "end")}</time>;
}

const stateWords: Record<KeyState, string> = {
  works: "Works",
  replaced: "Replaced",
  expired: "Expired",
  revoked: "Revoked",
};
const tones: Record<KeyState, Tone> = { works: "good", replaced: "warn", expired: "neutral", revoked: "neutral" };

function Next({ hint, replaced }: { hint: string; replaced: boolean }) {
  return (
    <span className="block text-sm text-mute">
      {replaced ? "by" : "Next:"} <span className="mono">{hint}</span>
      {replaced && <span className="block">Works until revoked</span>}
    </span>
  );
}

/** Kind and, when opened, all that it may do; and how often. */
function Allowed({ listed: { kind, permissions, perSecond } }: { listed: ListedKey }) {
  const held = heldOf(kind, permissions);
  const all = held.length === grantable(kind).length;
  return (
    <Named below={`${formatCount(perSecond, "request")} a second`}>
      <details>
        <summary className="min-h-6">
          {kindWords[kind].label}, {all ? "all of its kind" : `${held.length} of ${grantable(kind).length}`}
        </summary>
        <ul className="list-disc pl-4 text-mute">
          {held.map((one) => (
            <li key={one}>{asLabel(permissionWords(one))}</li>
          ))}
        </ul>
      </details>
    </Named>
  );
}
