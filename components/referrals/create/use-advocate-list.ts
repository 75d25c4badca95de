import { useEffect, useState } from "react";
import { type AdvocateList, newAdvocateList, type RepeatedAdvocates, readAdvocates } from "@/lib/creations/rules";
import { inTurns } from "@/lib/in-turns";

/**
 * What a list of advocates holds. Read beside the typing: `list` is of an earlier text until `upToDate`.
 */
export function useAdvocateList(text: string, repeated: RepeatedAdvocates): { list: AdvocateList; upToDate: boolean } {
  const [read, setRead] = useState(() => ({ text: "", repeated, list: newAdvocateList() }));
  useEffect(() => {
    const replaced = new AbortController();
    inTurns(readAdvocates(text, repeated), replaced.signal).then(
      (list) => {
        if (!replaced.signal.aborted) setRead({ text, repeated, list });
      },
      () => undefined, // another text came meanwhile
    );
    return () => replaced.abort();
  }, [text, repeated]);
  return { list: read.list, upToDate: read.text === text && read.repeated === repeated };
}
