"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { formatCount } from "@/lib/format";

const shownFor = 4_000;

/**
 * Copies all codes of a batch, one a line, from the route that streams them. Says how many were copied only when
 * the clipboard has them; where it is refused, leads to the codes as text.
 */
export function CopyCodesButton({ path }: { path: string }) {
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
      const count = await copyText(fetchText(path));
      const said = `Copied ${formatCount(count, "code")}`;
      setState({ is: "copied", said });
      announce(said);
    } catch {
      setState({ is: "refused" });
      announce("The codes could not be copied.");
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
        {state.is === "copied" ? state.said : "Copy all codes"}
      </Button>
      {state.is === "refused" && (
        <span className="self-center text-bad">
          Copying did not work.{" "}
          <a href={path} target="_blank" rel="noreferrer" className="link">
            Open the codes as text
          </a>
        </span>
      )}
    </>
  );
}

async function fetchText(path: string): Promise<string> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return (await response.text()).trimEnd();
}

/** Writes a text that is still on its way; a browser that wants the click for it is given the promise. Counts its lines. */
async function copyText(text: Promise<string>): Promise<number> {
  if (typeof ClipboardItem === "function") {
    const blob = text.then((value) => new Blob([value], { type: "text/plain" }));
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
  } else await navigator.clipboard.writeText(await text);
  const value = await text;
  return value === "" ? 0 : value.split("\n").length;
}
