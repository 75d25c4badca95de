"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { fetchText } from "@/components/forms/fetch-text";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { copyLater, lineCount } from "@/components/ui/copy-later";
import { withBase } from "@/lib/base-path";
import { formatCount } from "@/lib/format";

const shownFor = 4_000;

/**
 * Copies all codes of a batch, or their links, one a line, from the export of them alone. Says how many were copied only when
 * the clipboard has them; where it is refused, leads to the file.
 */
export function CopyCodesButton({ path, what = "code" }: { path: string; what?: "code" | "link" }) {
  const [state, setState] = useState<{ is: "idle" | "busy" | "refused" } | { is: "copied"; said: string }>({
    is: "idle",
  });

  useEffect(() => {
    if (state.is !== "copied") return;
    const timer = setTimeout(() => setState({ is: "idle" }), shownFor);
    return () => clearTimeout(timer);
  }, [state]);

  async function copy() {
    setState({ is: "busy" });
    try {
      const codes = await copyLater(fetchText(path));
      const said = `Copied ${formatCount(lineCount(codes), what)}`;
      setState({ is: "copied", said });
      announce(said);
    } catch {
      setState({ is: "refused" });
      announce(`The ${what}s could not be copied.`);
    }
  }

  return (
    <>
      <Button
        pending={state.is === "busy"}
        onClick={copy}
        icon={
          state.is === "copied" ? (
            <Check aria-hidden="true" className="size-4 text-good" />
          ) : (
            <Copy aria-hidden="true" className="size-4" />
          )
        }
      >
        {state.is === "copied" ? state.said : `Copy all ${what}s`}
      </Button>
      {state.is === "refused" && (
        <span className="self-center text-bad">
          Copying did not work.{" "}
          <a href={withBase(path)} download className="link">
            {`Download the ${what}s as text`}
          </a>
        </span>
      )}
    </>
  );
}
