import { copyText } from "./clipboard";

/** How many lines a text has; an empty one has none. */
export const lineCount = (text: string): number => (text === "" ? 0 : text.split("\n").length);

/**
 * Puts a text on the clipboard that is still on its way: a browser that writes only during a press is given the promise at
 * once. Throws where copying is refused, or the text does not come.
 * @returns the text that the clipboard has
 */
export async function copyLater(text: Promise<string>): Promise<string> {
  const clipboard: Clipboard | undefined = navigator.clipboard;
  if (clipboard && typeof ClipboardItem === "function") {
    const blob = text.then((value) => new Blob([value], { type: "text/plain" }));
    await clipboard.write([new ClipboardItem({ "text/plain": blob })]);
  } else await copyText(await text);
  return text;
}
