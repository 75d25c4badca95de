import { Button } from "@/components/ui/button";
import { Moment } from "@/components/ui/moment";
import { Table } from "@/components/ui/table";
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
  return (
    <Table caption="API keys" className="border-t [&_:is(th,td):first-child]:pl-4 sm:[&_:is(th,td):first-child]:pl-6">
      <thead>
        <tr>
          <th scope="col">Key</th>
          <th scope="col">State</th>
          <th scope="col">May do</th>
          <th scope="col">Last used</th>
          <th scope="col">Works until</th>
          <th scope="col">Made</th>
          <th scope="col">
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <KeyRow key={key.id} next={nextOf(key, keys)} {...{ listed: key, zone, now, onAsk }} />
        ))}
      </tbody>
    </Table>
  );
}

/** The key that was made in place of one. */
export function nextOf(key: ListedKey, keys: ListedKey[]): ListedKey | undefined {
  return keys.find(({ replacesId }) => replacesId === key.id);
}

type KeyRowProps = Omit<KeyTableProps, "keys"> & { listed: ListedKey; next: ListedKey | undefined };

function KeyRow({ listed, next, zone, now, onAsk }: KeyRowProps) {
  const state = keyState(listed, next, now);
  const which = <span className="sr-only"> {`${listed.name} ${listed.hint}`}</span>;
  return (
    <tr className="[&>*]:py-1.5 [&>*]:align-top">
      <th scope="row">
        <span className="block w-max max-w-72 whitespace-normal [overflow-wrap:anywhere]">{listed.name}</span>
        <span className="mono block text-sm font-normal text-mute">{listed.hint}</span>
      </th>
      <td>
        <Tag tone={tones[state]}>{stateWords[state]}</Tag>
        {next && <Next hint={next.hint} replaced={state === "replaced"} />}
        {listed.revoked && (
          <span className="block text-sm text-mute">
            <Moment at={listed.revoked} {...{ zone, now }} />
          </span>
        )}
      </td>
      <td>
        <Allowed listed={listed} />
        <span className="num block text-sm text-mute">{formatCount(listed.perSecond, "request")} a second</span>
      </td>
      <td className="num">{listed.lastUsed ? <Moment at={listed.lastUsed} {...{ zone, now }} /> : "Never"}</td>
      <td className="num">
        {listed.expires ? (
          <time dateTime={listed.expires.toISOString()}>{formatBound(listed.expires, zone, "end")}</time>
        ) : (
          asLabel(unsetWord("validUntil"))
        )}
      </td>
      <td className="num">
        <Moment at={listed.created} {...{ zone, now }} />
        <span className="block text-sm text-mute">by {listed.createdBy}</span>
      </td>
      <td>
        <div className="flex gap-1">
          {state === "works" && (
            <Button variant="quiet" onClick={() => onAsk("rotate", listed)}>
              Rotate…{which}
            </Button>
          )}
          {isUsable(listed, now) && (
            <Button variant="quiet" onClick={() => onAsk("revoke", listed)}>
              Revoke…{which}
            </Button>
          )}
        </div>
      </td>
    </tr>
  );
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

/** Kind and, when opened, all that it may do. */
function Allowed({ listed: { kind, permissions } }: { listed: ListedKey }) {
  const held = heldOf(kind, permissions);
  const all = held.length === grantable(kind).length;
  return (
    <details>
      <summary className="min-h-6">
        {kindWords[kind].label}, {all ? "all of its kind" : `${held.length} of ${grantable(kind).length}`}
      </summary>
      <ul className="w-64 list-disc pl-4 whitespace-normal text-mute">
        {held.map((one) => (
          <li key={one}>{asLabel(permissionWords(one))}</li>
        ))}
      </ul>
    </details>
  );
}
