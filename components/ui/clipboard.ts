/**
 * Puts a text on the clipboard, also one that is still on its way: a browser that writes only during a press is given the
 * promise at once. Where the page has no clipboard (plain http), the older command copies it. Throws where neither may.
 * @returns the text that the clipboard has
 */
export async function copyText(text: string | Promise<string>): Promise<string> {
  const clipboard: Clipboard | undefined = navigator.clipboard;
  if (clipboard && typeof text !== "string" && typeof ClipboardItem === "function") {
    const blob = text.then((value) => new Blob([value], { type: "text/plain" }));
    await clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    return text;
  }
  const value = await text;
  if (clipboard) await clipboard.writeText(value);
  else copyByCommand(value);
  return value;
}

function copyByCommand(text: string): void {
  const give = (event: ClipboardEvent) => {
    event.preventDefault();
    event.clipboardData?.setData("text/plain", text);
  };
  document.addEventListener("copy", give);
  try {
    if (!document.execCommand("copy")) throw new Error("The browser did not allow copying.");
  } finally {
    document.removeEventListener("copy", give);
  }
}
