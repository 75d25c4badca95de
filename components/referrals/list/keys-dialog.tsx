"use client";

import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { KeyHint } from "@/components/ui/key-hint";
import { shortcuts } from "@/components/ui/shortcuts";
import { rowKeys } from "./row-keys";

const keys = [
  { key: "/", does: "Search" },
  ...rowKeys,
  { key: "z", does: "Undo the latest change made here" },
  { key: "?", does: "Show these keys" },
];

/** Which single keys the list has, and the switch for those who press them by mistake. */
export default function KeysDialog({ onClose }: { onClose: () => void }) {
  const on = shortcuts.useIsOn();
  return (
    <Dialog open onClose={onClose} title="Keys of the list">
      <dl className="grid grid-cols-[2rem_1fr] items-center gap-y-1.5">
        {keys.map(({ key, does }) => (
          <div key={key} className="contents">
            <dt>
              <KeyHint>{key}</KeyHint>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <Checkbox label="Single keys do this" checked={on} onChange={(event) => shortcuts.turn(event.target.checked)} />
    </Dialog>
  );
}
