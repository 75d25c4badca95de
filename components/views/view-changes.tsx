import { useState } from "react";
import { unreachable } from "@/components/forms/unreachable";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { CampaignScope } from "@/lib/operations/schema";
import { saveViewAction } from "@/lib/views/actions";
import type { View } from "@/lib/views/schema";

type ViewChangesProps = {
  scope: CampaignScope;
  view: View;
  /** What the list shows now, as the view would keep it. */
  query: string;
  onSaved: () => void;
  onDiscard: () => void;
};

/** The list shows something else than its view: keep that in the view, or go back to it. */
export default function ViewChanges({ scope, view, query, onSaved, onDiscard }: ViewChangesProps) {
  const [saving, setSaving] = useState(false);
  async function save() {
    setSaving(true);
    const result = await saveViewAction({ scope, viewId: view.id, version: view.version, query }).catch(unreachable);
    setSaving(false);
    onSaved();
    if (result.ok) toast.success(`Saved “${view.name}”`);
    else toast.error(result.message);
  }
  return (
    <>
      <Button variant="quiet" className="px-2" pending={saving} onClick={save}>
        Save
      </Button>
      <Button variant="quiet" className="px-2" onClick={onDiscard}>
        Discard
      </Button>
    </>
  );
}
