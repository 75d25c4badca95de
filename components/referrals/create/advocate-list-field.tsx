"use client";

import { FileUp, X } from "lucide-react";
import { type DragEvent, memo, useRef, useState } from "react";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { Field } from "@/components/ui/field";
import { TextArea } from "@/components/ui/text-area";
import { readAdvocateFile } from "@/lib/referrals/create/advocate-file";

/** How many characters of a file the box shows; browsers take half a minute to lay out a million lines. */
const shownMax = 1_000_000;

type AdvocateListFieldProps = { onTextChange: (text: string) => void; error?: string };

/** Integration IDs pasted one a line, or added from files. Keeps its own text: a list of megabytes is not redrawn. */
export const AdvocateListField = memo(function AdvocateListField({ onTextChange, error }: AdvocateListFieldProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const chooser = useRef<HTMLInputElement>(null);
  /** The texts of files too large for the box. */
  const beside = useRef<string[]>([]);
  const [note, setNote] = useState<{ said: string; problem: boolean }>();
  const [dragged, setDragged] = useState(false);
  const [filled, setFilled] = useState(false);

  function changed() {
    const texts = [area.current?.value ?? "", ...beside.current].filter((text) => text !== "");
    setFilled(texts.length > 0);
    onTextChange(texts.join("\n"));
  }

  function show(text: string) {
    if (area.current) area.current.value = text;
  }

  async function add(files: FileList | null) {
    for (const file of files ?? []) {
      const read = readAdvocateFile(file.name, new Uint8Array(await file.arrayBuffer()));
      let said = "problem" in read ? read.problem : read.said;
      if ("text" in read) {
        const before = area.current?.value ?? "";
        if (read.text.length > shownMax) {
          beside.current.push(read.text);
          said += " They are kept beside the box, which is too small for so many.";
        } else show(before === "" || before.endsWith("\n") ? before + read.text : `${before}\n${read.text}`);
        changed();
      }
      setNote({ said, problem: "problem" in read });
      announce(said);
    }
  }

  function drop(event: DragEvent) {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    setDragged(false);
    add(event.dataTransfer.files);
  }

  return (
    <fieldset
      aria-label="List of advocates"
      className={cx(
        "flex min-w-0 flex-col gap-2 rounded-md",
        dragged && "outline-2 outline-offset-4 outline-accent outline-dashed",
      )}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setDragged(true);
      }}
      onDragLeave={() => setDragged(false)}
      onDrop={drop}
    >
      <Field
        name="advocates"
        label="Integration IDs"
        help="One a line, up to 1,000,000. White space around an ID is removed."
        error={error}
      >
        <TextArea ref={area} mono rows={8} wrap="off" placeholder={"cust_1001\ncust_1002"} onChange={changed} />
      </Field>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button icon={<FileUp aria-hidden="true" className="size-4" />} onClick={() => chooser.current?.click()}>
          Add from a file
        </Button>
        {filled && (
          <Button
            variant="quiet"
            icon={<X aria-hidden="true" className="size-4" />}
            onClick={() => {
              beside.current = [];
              show("");
              changed();
              setNote(undefined);
              area.current?.focus();
            }}
          >
            Clear the list
          </Button>
        )}
        <span className={cx("min-w-0 text-sm [overflow-wrap:anywhere]", note?.problem ? "text-bad" : "text-mute")}>
          {note?.said ?? "Text or CSV; it can be dropped here too."}
        </span>
        <input
          ref={chooser}
          type="file"
          hidden
          multiple
          accept=".csv,.tsv,.txt,text/plain,text/csv"
          aria-label="File with Integration IDs"
          onChange={(event) => {
            add(event.target.files).finally(() => {
              if (chooser.current) chooser.current.value = "";
            });
          }}
        />
      </div>
    </fieldset>
  );
});
