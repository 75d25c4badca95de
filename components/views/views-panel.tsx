"use client";

import { Check } from "lucide-react";
import { type FormEvent, type ReactNode, type RefObject, useState } from "react";
import { unreachable } from "@/components/forms/unreachable";
import { Button } from "@/components/ui/button";
import { copyText } from "@/components/ui/clipboard";
import { cx } from "@/components/ui/cx";
import { Field } from "@/components/ui/field";
import PopoverPopup from "@/components/ui/popover-popup";
import { TextInput } from "@/components/ui/text-input";
import { toast } from "@/components/ui/toast";
import type { Permission } from "@/lib/access/permissions";
import type { CampaignIds } from "@/lib/access/scope";
import type { ActionResult } from "@/lib/action";
import { createViewAction, deleteViewAction, restoreViewAction, saveViewAction } from "@/lib/views/actions";
import { copyName, noViewName } from "@/lib/views/rules";
import type { View } from "@/lib/views/schema";
import { refusalText } from "./refusal-text";

type ViewsPanelProps = {
  anchor: RefObject<HTMLButtonElement | null>;
  open: boolean;
  onClose: () => void;
  scope: CampaignIds;
  /** The view that is shown. */
  view: View | null;
  query: string;
  views: View[] | null;
  load: () => void;
  onOpen: (view: Pick<View, "id" | "query"> | null) => void;
};

/** Every view to choose from, and what can be done with the one that is shown. */
export default function ViewsPanel(props: ViewsPanelProps) {
  const { anchor, open, onClose, scope, view, query, views, load, onOpen } = props;
  const [naming, setNaming] = useState<"new" | "rename" | null>(null);
  const close = () => {
    setNaming(null);
    onClose();
  };
  const show = (chosen: View | null) => {
    close();
    onOpen(chosen);
  };
  const done = (shown: View) => {
    load();
    show(shown);
  };

  async function copyLink(shown: View) {
    const link = new URL(location.pathname, location.origin);
    link.search = `${shown.query}${shown.query === "" ? "" : "&"}view=${shown.id}`;
    try {
      await copyText(link.href);
      toast.success("Copied the link");
    } catch {
      toast.error("The browser did not allow copying. The link is in the address bar while the view is shown.");
    }
  }

  async function duplicate({ name, query: kept }: View) {
    const copy = copyName(name, views ?? []);
    const result = await createViewAction({ scope, name: copy, query: kept }).catch(unreachable);
    if (result.ok) done(result.data);
    else toast.error(refusalText(result));
  }

  async function remove(shown: View) {
    const result = await deleteViewAction({ scope, viewId: shown.id }).catch(unreachable);
    if (!result.ok) {
      toast.error(refusalText(result));
      return;
    }
    load();
    show(null);
    const { id: viewId, ...deleted } = result.data;
    toast.success(`Deleted view “${deleted.name}”`, {
      action: {
        label: "Undo",
        onClick: async () => {
          const restored = await restoreViewAction({ scope, viewId, ...deleted }).catch(unreachable);
          if (restored.ok) done(restored.data);
          else toast.error(refusalText(restored));
        },
      },
    });
  }

  return (
    <PopoverPopup open={open} onClose={close} anchor={anchor} title="Views" hideTitle>
      <div className="flex w-60 max-w-full flex-col">
        <ul aria-label="Views" className="-mx-1.5 flex max-h-[40dvh] flex-col overflow-y-auto">
          <ViewChoice name={noViewName} current={view === null} onChoose={() => show(null)} />
          {views?.map((one) => (
            <ViewChoice key={one.id} name={one.name} current={one.id === view?.id} onChoose={() => show(one)} />
          ))}
        </ul>
        <div
          data-needs={view === null ? "views.write" : undefined}
          className="-mx-1.5 mt-1.5 flex flex-col border-t pt-1.5"
        >
          {naming === null ? (
            <>
              <Line needs="views.write" onPress={() => setNaming("new")}>
                {view === null ? "Save as a view …" : "Save as another view …"}
              </Line>
              {view && (
                <>
                  <Line needs="views.write" onPress={() => setNaming("rename")}>
                    Rename …
                  </Line>
                  <Line needs="views.write" onPress={() => duplicate(view)}>
                    Duplicate
                  </Line>
                  <Line onPress={() => copyLink(view)}>Copy link</Line>
                  <Line danger needs="views.write" onPress={() => remove(view)}>
                    Delete
                  </Line>
                </>
              )}
            </>
          ) : (
            <NameForm
              key={naming}
              name={naming === "rename" ? (view?.name ?? "") : ""}
              submit={naming === "rename" ? "Rename" : "Save view"}
              onCancel={() => setNaming(null)}
              send={(name) =>
                naming === "rename" && view
                  ? saveViewAction({ scope, viewId: view.id, version: view.version, name })
                  : createViewAction({ scope, name, query })
              }
              onDone={(saved) => {
                if (naming === "new") return done(saved);
                load();
                close();
              }}
            />
          )}
        </div>
      </div>
    </PopoverPopup>
  );
}

const line =
  "flex min-h-7.5 w-full items-center gap-2 rounded-sm px-2 text-left hover:bg-sunk focus-visible:-outline-offset-2";

function ViewChoice({ name, current, onChoose }: { name: string; current: boolean; onChoose: () => void }) {
  return (
    <li>
      <button type="button" aria-current={current || undefined} className={line} onClick={onChoose}>
        <span className="min-w-0 flex-1 truncate">{name}</span>
        {current && <Check aria-hidden="true" className="size-4 shrink-0 text-mute" />}
      </button>
    </li>
  );
}

type LineProps = { danger?: boolean; needs?: Permission; onPress: () => void; children: ReactNode };

function Line({ danger, needs, onPress, children }: LineProps) {
  return (
    <button type="button" data-needs={needs} className={cx(line, danger && "text-bad")} onClick={onPress}>
      {children}
    </button>
  );
}

type NameFormProps = {
  name: string;
  submit: string;
  send: (name: string) => Promise<ActionResult<View>>;
  onDone: (view: View) => void;
  onCancel: () => void;
};

function NameForm({ name: first, submit, send, onDone, onCancel }: NameFormProps) {
  const [name, setName] = useState(first);
  const [problem, setProblem] = useState<string>();
  const [pending, setPending] = useState(false);
  async function save(event: FormEvent) {
    event.preventDefault();
    setPending(true);
    const result = await send(name).catch(unreachable);
    setPending(false);
    if (result.ok) onDone(result.data);
    else setProblem(refusalText(result));
  }
  return (
    <form onSubmit={save} noValidate className="flex flex-col gap-2 px-1.5 pt-1">
      <Field name="view-name" label="Name of the view" error={problem}>
        <TextInput autoFocus value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
      </Field>
      <div className="flex justify-end gap-1.5">
        <Button variant="quiet" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" variant="primary" pending={pending}>
          {submit}
        </Button>
      </div>
    </form>
  );
}
