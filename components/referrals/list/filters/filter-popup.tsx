"use client";

import { ChevronLeft } from "lucide-react";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import PopoverPopup from "@/components/ui/popover-popup";
import type { AttributeDefinition } from "@/lib/attributes/rules";
import { ConditionEditor } from "./condition-editor";
import { type ConditionParam, conditionName, conditionNames } from "./conditions";

type FilterPopupProps = {
  anchor: HTMLButtonElement;
  /** The condition to be edited; null to choose one first. */
  param: ConditionParam | null;
  /** What the address says of a condition. */
  textOf: (param: ConditionParam) => string;
  /** Null while they are fetched. */
  attributes: AttributeDefinition[] | null;
  timeZone: string;
  onApply: (param: ConditionParam, text: string) => void;
  onPaste: () => void;
  onClose: () => void;
};

/** The panel of a filter: which one, then its own control. */
export default function FilterPopup(props: FilterPopupProps) {
  const { anchor, param, textOf, attributes, timeZone, onApply, onPaste, onClose } = props;
  const [chosen, setChosen] = useState(param);
  const definition = attributes?.find(({ name }) => `attr.${name}` === chosen);
  const title = chosen === null ? "Add filter" : conditionName(chosen, attributes ?? []);
  const waits = chosen?.startsWith("attr.") && attributes === null;
  return (
    <PopoverPopup open onClose={onClose} anchor={{ current: anchor }} title={title} hideTitle={param === null}>
      {chosen === null ? (
        <ul className="-m-1.5 flex max-h-[min(26rem,70dvh)] w-52 flex-col overflow-y-auto" aria-label="Filters">
          {Object.entries(conditionNames)
            .filter(([name]) => name !== "selection")
            .map(([name, label]) => (
              <Choice key={name} label={label} onChoose={() => setChosen(name as ConditionParam)} />
            ))}
          <Choice label="Pasted codes …" onChoose={onPaste} />
          {attributes && attributes.length > 0 && (
            <li aria-hidden="true" className="mt-1 border-t px-2 pt-2 pb-1 text-sm text-mute">
              Attributes
            </li>
          )}
          {attributes?.map(({ name, title }) => (
            <Choice key={name} label={title || name} onChoose={() => setChosen(`attr.${name}`)} />
          ))}
        </ul>
      ) : (
        <>
          {param === null && (
            <div className="mb-2 flex items-center gap-1 font-semibold">
              <IconButton label="All filters" onClick={() => setChosen(null)} className="-ml-1.5">
                <ChevronLeft aria-hidden="true" className="size-4" />
              </IconButton>
              {title}
            </div>
          )}
          {!waits && (
            <ConditionEditor
              key={chosen}
              param={chosen}
              text={textOf(chosen)}
              title={title}
              definition={definition}
              timeZone={timeZone}
              onApply={(text) => onApply(chosen, text)}
            />
          )}
        </>
      )}
    </PopoverPopup>
  );
}

function Choice({ label, onChoose }: { label: string; onChoose: () => void }) {
  return (
    <li>
      <button
        type="button"
        onClick={onChoose}
        className="flex min-h-7.5 w-full items-center rounded-sm px-2 text-left hover:bg-sunk focus-visible:-outline-offset-2"
      >
        {label}
      </button>
    </li>
  );
}
