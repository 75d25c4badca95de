"use client";

import { FileUp } from "lucide-react";
import { type DragEvent, useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { cx } from "@/components/ui/cx";
import { Progress } from "@/components/ui/progress";
import { formatBytes } from "@/lib/format";
import { fileBytesMaxText } from "@/lib/imports/schema";
import { PasteRows } from "./paste-rows";
import { type Upload, useUpload } from "./use-upload";

/** Takes a file by its button or by dropping it, sends it to be checked, and shows how far that is. */
export function UploadForm({ importPath }: { importPath: string }) {
  const { upload, start, cancel } = useUpload(importPath);
  const [over, setOver] = useState(false);
  const busy = upload.state === "uploading" || upload.state === "checking";

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file && !busy) start(file);
  }

  return (
    <div className="flex flex-col gap-3">
      {upload.state === "refused" && (
        <Banner tone="error" title={`${upload.name} cannot be imported`} live>
          {upload.message}
        </Banner>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping a file is a second way; the file button is the first. */}
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={cx(
          "flex min-h-40 flex-col items-center justify-center gap-3 rounded-lg border border-dashed border-edge px-6 py-8 text-center",
          over ? "bg-accent-soft" : "bg-panel",
        )}
      >
        {busy ? <UploadProgress upload={upload} onCancel={cancel} /> : <FileButton onFile={start} />}
      </div>
      {!busy && <PasteRows onFile={start} />}
    </div>
  );
}

function FileButton({ onFile }: { onFile: (file: File) => void }) {
  return (
    <>
      <div className="relative">
        <input
          type="file"
          id="file"
          accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
          aria-describedby="file-help"
          className="peer sr-only"
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            event.currentTarget.value = ""; // so that the same file, mended, can be chosen again
            if (file) onFile(file);
          }}
        />
        <label
          htmlFor="file"
          className={buttonClass(
            "primary",
            "cursor-pointer peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-accent",
          )}
        >
          <FileUp aria-hidden="true" className="size-3.5" />
          Choose a CSV file
        </label>
      </div>
      <p id="file-help" className="text-mute">
        or drop it here. It is uploaded and checked at once; up to {fileBytesMaxText}.
      </p>
    </>
  );
}

function UploadProgress({ upload, onCancel }: { upload: Upload; onCancel: () => void }) {
  if (upload.state !== "uploading" && upload.state !== "checking") return null;
  const sent = upload.state === "uploading" ? upload.sent : undefined;
  const text =
    upload.state === "uploading"
      ? `Uploading: ${formatBytes(upload.sent)} of ${formatBytes(upload.size)}`
      : "Checking every row";
  return (
    <div className="flex w-full max-w-md flex-col gap-2 text-left">
      <div className="flex items-baseline justify-between gap-3">
        <p className="min-w-0 truncate font-medium">{upload.name}</p>
        <p className="num shrink-0 text-mute">{text}</p>
      </div>
      <Progress
        label={`Checking ${upload.name}`}
        value={sent}
        max={upload.state === "uploading" ? upload.size : undefined}
        text={text}
      />
      <Button variant="quiet" onClick={onCancel} className="self-center">
        Cancel
      </Button>
    </div>
  );
}
