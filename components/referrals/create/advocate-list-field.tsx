"use client";

import { FileUp, X } from "lucide-react";
import { type ClipboardEvent, type DragEvent, memo, useEffect, useRef, useState } from "react";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { Field } from "@/components/ui/field";
import { TextArea } from "@/components/ui/text-area";
import { linesOf } from "@/lib/creations/lines";
import { readListFile } from "@/lib/creations/list-file";
import { inTurns } from "@/lib/in-turns";

/** How much text the box shows; browsers take half a minute to lay out a million lines. */
const shownMax = { characters: 1_000_000, lines: 20_000 } as const;

function fitsBox(text: string): boolean {
  if (text.length > shownMax.characters) return false;
  let lines = 0;
  for (const _ of linesOf(text)) {
    lines += 1;
    if (lines > shownMax.lines) return false;
  }
  return true;
}

type AdvocateListFieldProps = {
  /** Whether it is in sight: then what is pasted outside any box goes into it. */
  active: boolean;
  onTextChange: (text: string) => void;
  error?: string;
};

/** Where pasting writes. */
const writable = "textarea, input:not([type=radio], [type=checkbox]), select, [contenteditable]";

/** Integration IDs pasted one a line, or added from files. Keeps its own text: a list of megabytes is not redrawn. */
export const AdvocateListField = memo(function AdvocateListField({
  active,
  onTextChange,
  error,
}: AdvocateListFieldProps) {
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

  function tell(said: string, problem = false) {
    setNote({ said, problem });
    announce(said);
  }

  /** Adds a text below the others; one too large for the box is kept beside it, with the sentence that says so. */
  function addText(text: string, said: string) {
    const before = area.current?.value ?? "";
    const whole = before === "" || before.endsWith("\n") ? before + text : `${before}\n${text}`;
    const fits = fitsBox(whole);
    if (fits) show(whole);
    else beside.current.push(text);
    changed();
    tell(fits ? said : `${said} They are kept beside the box, which is too small for so many.`);
  }

  async function add(files: FileList | null) {
    for (const file of files ?? []) {
      const read = await inTurns(readListFile(file.name, new Uint8Array(await file.arrayBuffer())));
      if ("problem" in read) tell(read.problem, true);
      else addText(read.text, read.said);
    }
  }

  useEffect(() => {
    if (!active) return;
    const pasted = (event: globalThis.ClipboardEvent) => {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (text === "" || (event.target instanceof Element && event.target.closest(writable))) return;
      event.preventDefault();
      addText(text, "The pasted lines are added.");
    };
    document.addEventListener("paste", pasted);
    return () => document.removeEventListener("paste", pasted);
  });

  function paste(event: ClipboardEvent) {
    const text = event.clipboardData.getData("text/plain");
    if (fitsBox(text)) return;
    event.preventDefault();
    addText(text, "The pasted lines are added.");
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
        <TextArea
          ref={area}
          mono
          rows={8}
          wrap="off"
          placeholder={"cust_1001\ncust_1002"}
          onChange={changed}
          onPaste={paste}
        />
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
