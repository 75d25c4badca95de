"use client";

import { ListFilter, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { latePart } from "@/components/ui/late-part";
import type { AttributeTitle } from "@/lib/attributes/titles";
import { type ReferralList, withoutParam } from "@/lib/referrals/list/search-params";
import type { ListChoices } from "../use-choices";
import { type ConditionParam, conditionName, conditionsOf, conditionText } from "./conditions";

const FilterPopup = latePart("The filter", () => import("./filter-popup"));
const PasteDialog = latePart("The dialog", () => import("./paste-dialog"));

type FilterChipsProps = {
  list: ReferralList;
  scope: { applicationId: number; campaignId: number };
  /** Conditions of the address that cannot be met. */
  refused: string[];
  timeZone: string;
  titles: readonly AttributeTitle[];
  choices: ListChoices;
  onChange: (list: ReferralList) => void;
};

type Opened = { param: ConditionParam | null; button: HTMLButtonElement };

/** The conditions that the list has, each a chip to edit or remove, and the way to add others. The address holds them. */
export function FilterChips({ list, scope, refused, timeZone, titles, choices, onChange }: FilterChipsProps) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const [pasting, setPasting] = useState(false);
  const adding = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (pasting) return () => adding.current?.focus(); // when it closes: what opened the dialog is gone
  }, [pasting]);
  const conditions = conditionsOf(list);
  const open = (param: ConditionParam | null, button: HTMLButtonElement) => {
    choices.load();
    setOpened(opened?.button === button ? null : { param, button });
  };
  const apply = (param: ConditionParam, text: string) => {
    setOpened(null);
    const rest = withoutParam(list, param);
    onChange(
      param.startsWith("attr.")
        ? { ...rest, attributes: { ...rest.attributes, [param.slice(5)]: text } }
        : { ...rest, [param]: text },
    );
  };
  const textOf = (param: ConditionParam) => conditions.find((condition) => condition.param === param)?.text ?? "";
  return (
    <>
      {conditions.map(({ param, text }) => {
        const name = conditionName(param, titles);
        const said = conditionText(param, text);
        const wrong = refused.includes(param);
        const words = (
          <>
            <span className="text-mute">{name}</span>
            <span className="truncate">{said}</span>
          </>
        );
        return (
          <span
            key={param}
            className={cx(
              "inline-flex min-h-8 max-w-full items-center rounded-md border bg-panel",
              wrong && "border-bad text-bad",
            )}
          >
            {param === "selection" ? (
              <span className="flex min-w-0 gap-1.5 pl-2.5">{words}</span>
            ) : (
              <button
                type="button"
                aria-haspopup="dialog"
                aria-expanded={opened?.param === param}
                aria-label={`Edit filter: ${name} ${said}`}
                title={said}
                className="flex min-h-8 max-w-80 min-w-0 items-center gap-1.5 rounded-md pl-2.5 hover:bg-hover"
                onClick={(event) => open(param, event.currentTarget)}
                onPointerEnter={FilterPopup.fetch}
              >
                {words}
              </button>
            )}
            <button
              type="button"
              aria-label={`Remove filter: ${name}`}
              className="inline-grid size-8 shrink-0 place-items-center rounded-md text-mute hover:bg-sunk hover:text-ink"
              onClick={() => onChange(withoutParam(list, param))}
            >
              <X aria-hidden="true" className="size-3.5" />
            </button>
          </span>
        );
      })}
      <Button
        ref={adding}
        variant="quiet"
        icon={<ListFilter aria-hidden="true" className="size-4" />}
        aria-haspopup="dialog"
        aria-expanded={opened?.param === null}
        className="px-2"
        onClick={(event) => open(null, event.currentTarget)}
        onPointerEnter={FilterPopup.fetch}
      >
        <span className="max-sm:sr-only">Add filter</span>
      </Button>
      {opened && (
        <FilterPopup
          key={String(opened.param)}
          anchor={opened.button}
          param={opened.param}
          textOf={textOf}
          attributes={choices.attributes}
          timeZone={timeZone}
          onApply={apply}
          onPaste={() => {
            setOpened(null);
            setPasting(true);
          }}
          onClose={() => setOpened(null)}
        />
      )}
      {pasting && (
        <PasteDialog
          scope={scope}
          onClose={() => setPasting(false)}
          onChoose={(selectionId) => {
            setPasting(false);
            apply("selection", selectionId);
          }}
        />
      )}
    </>
  );
}
