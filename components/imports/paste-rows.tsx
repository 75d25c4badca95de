import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextArea } from "@/components/ui/text-area";
import { formatCount } from "@/lib/format";

/** Takes rows that were copied out of a spreadsheet, as a file of the same bounds. */
export function PasteRows({ onFile }: { onFile: (file: File) => void }) {
  const [text, setText] = useState("");
  const lines = text.split("\n").filter((line) => line.trim() !== "").length;
  return (
    <details>
      <summary className="w-fit cursor-pointer rounded-sm font-medium">Paste rows from a spreadsheet</summary>
      <div className="mt-2 flex flex-col items-start gap-2">
        <Field
          name="rows"
          label="Rows"
          help="Select the cells in the spreadsheet, with the line that names the columns, copy them and paste them here."
          className="w-full"
        >
          <TextArea mono rows={8} wrap="off" value={text} onChange={(event) => setText(event.currentTarget.value)} />
        </Field>
        <Button
          disabled={lines === 0}
          onClick={() => onFile(new File([text], "pasted-rows.txt", { type: "text/plain" }))}
        >
          Check {formatCount(lines, "line")}
        </Button>
      </div>
    </details>
  );
}
