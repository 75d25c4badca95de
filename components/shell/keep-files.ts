/**
 * A file dropped where nothing takes it would be opened by the browser in place of the page. Zones that take files say so by
 * `preventDefault`, and are asked first. Runs in the page first, as text: it may use nothing from around it.
 */
function keepFiles(): void {
  const refuse = (event: DragEvent) => {
    const files = event.dataTransfer?.types.includes("Files");
    const taken = event.defaultPrevented || (event.target instanceof Element && event.target.closest("[type=file]"));
    if (!files || taken || !event.dataTransfer) return;
    event.dataTransfer.dropEffect = "none";
    event.preventDefault();
  };
  addEventListener("dragover", refuse);
  addEventListener("drop", refuse);
}

export const keepFilesScript = `(${keepFiles})();`;
