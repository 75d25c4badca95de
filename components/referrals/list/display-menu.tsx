"use client";

import { Columns3 } from "lucide-react";
import { buttonClass } from "@/components/ui/button-class";
import { latePart } from "@/components/ui/late-part";
import { usePopup } from "@/components/ui/use-popup";
import type { AttributeTitle } from "@/lib/attributes/titles";
import type { ReferralList } from "@/lib/referrals/list/search-params";
import type { ListTable } from "./use-list-table";

const DisplayPanel = latePart("The choice of columns", () => import("./display-panel"));

type DisplayMenuProps = {
  list: ReferralList;
  titles: readonly AttributeTitle[];
  table: ListTable;
  onChange: (part: Partial<ReferralList>) => void;
};

/** Which columns the list shows, in which order and how dense. */
export function DisplayMenu({ list, titles, table, onChange }: DisplayMenuProps) {
  const { anchor, open, wanted, hide, toggle } = usePopup();
  return (
    <>
      <button
        ref={anchor}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={open}
        className={buttonClass("quiet", "px-2")}
        onClick={toggle}
        onPointerEnter={DisplayPanel.fetch}
        onFocus={DisplayPanel.fetch}
      >
        <Columns3 aria-hidden="true" className="size-4" />
        <span className="max-sm:sr-only">Columns</span>
      </button>
      {wanted && (
        <DisplayPanel
          open={open}
          anchor={anchor}
          onClose={hide}
          list={list}
          titles={titles}
          table={table}
          onChange={onChange}
        />
      )}
    </>
  );
}
