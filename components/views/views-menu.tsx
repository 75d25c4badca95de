"use client";

import { Bookmark } from "lucide-react";
import { useEffect } from "react";
import { buttonClass } from "@/components/ui/button-class";
import { latePart } from "@/components/ui/late-part";
import { usePopup } from "@/components/ui/use-popup";
import type { CampaignIds } from "@/lib/access/scope";
import type { View } from "@/lib/views/schema";

const ViewsPanel = latePart("The menu of views", () => import("./views-panel"));
const ViewChanges = latePart("What differs from the view", () => import("./view-changes"));

type ViewsMenuProps = {
  scope: CampaignIds;
  /** The id of the view that the list began as. */
  viewId: string | null;
  /** What the list shows now, as a view would keep it. */
  query: string;
  /** Null until they are fetched. */
  views: View[] | null;
  /** Fetches the views, again if need be. */
  load: () => void;
  /** Shows a view; null is the list as it is without one. */
  onOpen: (view: Pick<View, "id" | "query"> | null) => void;
};

/** The saved views of a campaign: which one is shown, whether the list has changed since, and the way to others. */
export function ViewsMenu({ scope, viewId, query, views, load, onOpen }: ViewsMenuProps) {
  const { anchor, open, wanted, hide, toggle } = usePopup();
  const view = views?.find(({ id }) => id === viewId) ?? null;
  useEffect(() => {
    if (viewId !== null) load();
  }, [viewId, load]);

  return (
    <>
      {view && <ViewChanges scope={scope} view={view} query={query} onSaved={load} onDiscard={() => onOpen(view)} />}
      <button
        ref={anchor}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={open}
        className={buttonClass("quiet", "max-w-64 min-w-0 px-2")}
        onClick={() => {
          load();
          toggle();
        }}
        onPointerEnter={ViewsPanel.fetch}
        onFocus={ViewsPanel.fetch}
      >
        <Bookmark aria-hidden="true" className="size-4 shrink-0" />
        <span className={view ? "truncate" : "max-sm:sr-only"}>{view ? view.name : "Views"}</span>
      </button>
      {wanted && (
        <ViewsPanel
          anchor={anchor}
          open={open}
          onClose={hide}
          scope={scope}
          view={view}
          query={query}
          views={views}
          load={load}
          onOpen={onOpen}
        />
      )}
    </>
  );
}
