/** Whether a search is a text of several words, and not a code or an Integration ID. */
export const isText = (search: string): boolean => /[^\p{L}\p{N}\p{M}._%+@#-]/u.test(search.trim());

const bare = (text: string) => text.replace(/\s+/g, "");

/**
 * What was meant by a search: the text that was pasted for it, of which the box keeps one line of limited length, or what
 * stands there.
 */
export const meantText = (search: string, pasted: string): string =>
  bare(pasted).includes(bare(search)) ? pasted : search;
