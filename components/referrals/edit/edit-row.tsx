"use client";

import type { ReactNode } from "react";
import type { Instruction } from "@/components/referrals/edit/edit-state";
import { fieldId } from "@/components/ui/field";
import { Select } from "@/components/ui/select";

type EditRowProps = {
  name: string;
  label: string;
  /** What the field holds now, in words. */
  now: string;
  choices: { value: Instruction["do"]; label: string }[];
  row: Instruction;
  onChoose: (choice: Instruction["do"]) => void;
  /** The control of what was chosen; nothing for leave and clear. */
  children?: ReactNode;
};

/** One field of an edit: its name, what it holds now, what to do with it, and with what. */
export function EditRow({ name, label, now, choices, row, onChoose, children }: EditRowProps) {
  return (
    <div className="grid items-start grid-cols-[minmax(0,1fr)_8.5rem] gap-x-3 gap-y-2 border-b border-hairline py-3 last:border-0 @min-[24rem]:grid-cols-[8rem_8.5rem_minmax(0,1fr)]">
      <div className="min-w-0">
        <label htmlFor={`do-${name}`} className="font-medium [overflow-wrap:anywhere]">
          {label}
        </label>
        <p className="text-sm text-mute [overflow-wrap:anywhere]">
          <span className="sr-only">Now: </span>
          {now}
        </p>
      </div>
      <Select
        id={`do-${name}`}
        aria-label={`What to do with ${label}`}
        value={row.do}
        onChange={(event) => onChoose(event.target.value as Instruction["do"])}
        options={choices}
        className={row.do === "leave" ? "w-full text-mute" : "w-full"}
      />
      <div className="col-span-2 min-w-0 @min-[24rem]:col-span-1" id={children ? undefined : fieldId(name)}>
        {children}
      </div>
    </div>
  );
}
