"use client";

import { useEffect, useRef } from "react";
import { Banner } from "@/components/ui/banner";
import type { CampaignForm, Merge } from "@/lib/campaigns/form";

/** What became of a form whose settings someone else saved meanwhile, and what they saved. */
export type StaleSave = Merge & { theirs: CampaignForm };

const labels: Record<keyof CampaignForm, string> = {
  name: "Name",
  description: "Description",
  state: "State",
  referrals: "Referrals",
  codePattern: "Pattern",
  codeCharacters: "Characters",
  linkPattern: "Link",
  shareText: "Share text",
  startTime: "Starts",
  endTime: "Ends",
};

/** Says what someone else saved meanwhile, and what the form now holds. Takes the focus: the save did not happen. */
export function StaleNotice({ stale }: { stale: StaleSave }) {
  const box = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a second refusal must be heard as well.
  useEffect(() => box.current?.focus(), [stale]);
  const { taken, disputed, theirs, form } = stale;
  return (
    <div ref={box} tabIndex={-1}>
      <Banner tone="warning" live title="Someone else saved this campaign meanwhile. Your changes are not saved yet.">
        <ul className="mt-1 list-disc pl-4">
          {taken.map((field) => (
            <li key={field}>
              <b className="font-medium">{labels[field]}</b> is now {shown(theirs[field])}; you had not touched it.
            </li>
          ))}
          {disputed.map((field) => (
            <li key={field}>
              <b className="font-medium">{labels[field]}</b>: they saved {shown(theirs[field])}, you typed{" "}
              {shown(form[field])}. Yours is in the form and replaces theirs if you save.
            </li>
          ))}
          {taken.length + disputed.length === 0 && <li>It says what yours says; saving changes nothing of theirs.</li>}
        </ul>
      </Banner>
    </div>
  );
}

function shown(value: string | boolean): string {
  if (typeof value === "boolean") return value ? "on" : "off";
  return value === "" ? "empty" : `“${value}”`;
}
