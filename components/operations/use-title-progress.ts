import { useEffect } from "react";

const mark = /^\d+ % · /;

/** Puts how far the background work is (0 to 1) before the page's title, so that a tab among others tells it; null takes it away. */
export function useTitleProgress(share: number | null): void {
  const percent = share === null ? null : Math.floor(100 * share);
  useEffect(() => {
    if (percent === null) return;
    const put = () => {
      const title = `${percent} % · ${document.title.replace(mark, "")}`;
      if (document.title !== title) document.title = title;
    };
    put();
    const renamed = new MutationObserver(put); // a step to another page brings its title
    renamed.observe(document.head, { childList: true, characterData: true, subtree: true });
    return () => {
      renamed.disconnect();
      document.title = document.title.replace(mark, "");
    };
  }, [percent]);
}
