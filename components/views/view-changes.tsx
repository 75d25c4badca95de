import { useEffect, useState } from "react";
import { unreachable } from "@/components/forms/unreachable";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { CampaignIds } from "@/lib/access/scope";
import { saveViewAction } from "@/lib/views/actions";
import { beganFrom, sameList } from "@/lib/views/rules";
import type { View } from "@/lib/views/schema";
import { refusalText } from "./refusal-text";

type ViewChangesProps = {
  scope: CampaignIds;
  view: View;
  /** What the list shows now, as the view would keep it. */
  query: string;
  onSaved: () => void;
  onDiscard: () => void;
};

/** What each view was when the list last showed it, by id: it outlives this bar, which goes while rows are ticked. */
const began = new Map<string, View>();

/** Whether the list shows something else than its view; then that is kept in the view, or gone back from. */
export default function ViewChanges({ scope, view, query, onSaved, onDiscard }: ViewChangesProps) {
  const [saving, setSaving] = useState(false);
  const changed = !sameList(view.query, query);
  useEffect(() => {
    began.set(view.id, beganFrom(began.get(view.id), view, !changed));
  }, [view, changed]);
  async function save() {
    setSaving(true);
    const { version } = began.get(view.id) ?? view;
    const result = await saveViewAction({ scope, viewId: view.id, version, query }).catch(unreachable);
    setSaving(false);
    if (result.ok) began.set(view.id, result.data);
    onSaved();
    if (result.ok) toast.success(`Saved “${view.name}”`);
    else if (result.code === "stale")
      toast.error(
        `Someone else changed “${view.name}” meanwhile, and nothing was saved. Discard shows it as it is now; to keep what you have, save it as another view.`,
        { duration: Number.POSITIVE_INFINITY }, // a choice, not news
      );
    else toast.error(refusalText(result));
  }
  if (!changed) return null;
  return (
    <>
      <span className="text-sm text-warn">changed</span>
      <Button data-needs="views.write" variant="quiet" className="px-2" pending={saving} onClick={save}>
        Save
      </Button>
      <Button variant="quiet" className="px-2" onClick={onDiscard}>
        Discard
      </Button>
    </>
  );
}
