"use client";

import { Search } from "lucide-react";
import { useCallback, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { KeyHint } from "@/components/ui/key-hint";
import { shortcuts, useSingleKeys } from "@/components/ui/shortcuts";
import { isShortSearch } from "@/lib/referrals/list/filter/parts";

type SearchBoxProps = {
  /** The search that the list was last asked for. */
  text: string;
  onSearch: (text: string) => void;
  /** A text was pasted here, of which the box keeps one line. */
  onPaste: (text: string) => void;
  /** A search is begun: what its answer may need can be fetched. */
  onTyping: () => void;
};

const pause = 20;

/** Searches while one types, after a short pause, or at once on Enter; `/` leads here from anywhere on the page. */
export function SearchBox({ text, onSearch, onPaste, onTyping }: SearchBoxProps) {
  const how = useId();
  const [typed, setTyped] = useState(text);
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asked = useRef(text);
  const slash = shortcuts.useIsOn();
  useSingleKeys(
    useCallback((event) => {
      if (event.key !== "/") return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    }, []),
  );

  // What was asked here is no news, and one may have typed on; anything else is from elsewhere: Back, Clear all, a view.
  useLayoutEffect(() => {
    if (text === asked.current) return;
    clearTimeout(timer.current);
    asked.current = text;
    setTyped(text);
  }, [text]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const ask = (next: string) => {
    clearTimeout(timer.current);
    if (next === asked.current) return;
    asked.current = next;
    onSearch(next);
  };
  const type = (next: string) => {
    setTyped(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => ask(next), pause);
  };

  const short = isShortSearch(typed);
  return (
    <search className="relative w-44 grow sm:w-68 sm:grow-0">
      <Search aria-hidden="true" className="pointer-events-none absolute top-2 left-2.5 size-4 text-mute" />
      <input
        ref={input}
        type="search"
        aria-label="Search code, advocate or batch"
        aria-keyshortcuts={slash ? "/" : undefined}
        placeholder="Search code, advocate or batch"
        autoComplete="off"
        spellCheck={false}
        maxLength={1000}
        value={typed}
        onChange={(event) => type(event.target.value)}
        onFocus={onTyping}
        onPaste={(event) => onPaste(event.clipboardData.getData("text"))}
        aria-describedby={short ? how : undefined}
        onKeyDown={(event) => event.key === "Enter" && !event.nativeEvent.isComposing && ask(typed)}
        className="control peer pr-2 pl-8"
      />
      {slash && (
        <span className="pointer-events-none absolute top-1.5 right-2 peer-focus:hidden peer-not-placeholder-shown:hidden pointer-coarse:hidden">
          <KeyHint>/</KeyHint>
        </span>
      )}
      {short && (
        <p
          id={how}
          role="status"
          className="pointer-events-none absolute top-full left-0 z-20 mt-1 rounded-md border bg-panel px-2.5 py-1 whitespace-nowrap text-mute shadow-sm"
        >
          {`Codes and advocates that begin with “${typed.trim()}”. Three characters find parts.`}
        </p>
      )}
    </search>
  );
}
