"use client";

import { useRouter } from "next/navigation";
import { type MouseEvent, type ReactNode, useCallback, useMemo, useState } from "react";
import type { CellPress } from "@/components/data-table/cells";
import { useCellCopy } from "@/components/data-table/use-cell-copy";
import { latePart } from "@/components/ui/late-part";
import type { AttributeTitle } from "@/lib/attributes/titles";
import type { referralPaths } from "@/lib/referrals/list/search-params";
import type { ReferralItem } from "./rows";

const RowMenu = latePart("The row's menu", () => import("./row-menu"), { corner: true });
const AttributesPopup = latePart("The attributes", () => import("./attributes-popup"), { corner: true });

/** What the buttons and links of a row do. One of each serves all rows, so that a row is markup alone. */
export interface RowPresses {
  copy: CellPress;
  menu: CellPress;
  attributes: CellPress;
  follow: (event: MouseEvent<HTMLAnchorElement>) => void;
}

/** The presses for the columns, and what they open, to be rendered beside the table. */
export function useRowActions(
  items: ReferralItem[],
  titles: readonly AttributeTitle[],
  paths: ReturnType<typeof referralPaths>,
) {
  const router = useRouter();
  const { press: copy, note } = useCellCopy();
  const [opened, setOpened] = useState<{ what: "menu" | "attributes"; button: HTMLButtonElement } | null>(null);
  const toggle = useCallback(
    (what: "menu" | "attributes") => (button: HTMLButtonElement) =>
      setOpened((now) => {
        if (now?.button !== button) return { what, button };
        return what === "menu" ? now : null; // an open menu is closed by its button without us
      }),
    [],
  );
  const presses: RowPresses = useMemo(
    () => ({
      copy,
      menu: toggle("menu"),
      attributes: toggle("attributes"),
      follow(event) {
        if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        router.push(event.currentTarget.getAttribute("href") ?? "");
      },
    }),
    [copy, toggle, router],
  );

  const item = items.find(({ id }) => id === opened?.button.value);
  const close = () => setOpened(null);
  let popup: ReactNode = null;
  if (opened?.what === "menu" && item) {
    popup = (
      <RowMenu
        key={item.id}
        item={item}
        paths={paths}
        button={opened.button}
        onClose={() => setOpened((now) => (now?.button === opened.button ? null : now))}
      />
    );
  } else if (opened && item) {
    const referralPath = paths.referral(item.id);
    popup = (
      <AttributesPopup item={item} titles={titles} referralPath={referralPath} button={opened.button} onClose={close} />
    );
  }
  const shown = (
    <>
      {note}
      {popup}
    </>
  );
  return { presses, shown };
}
