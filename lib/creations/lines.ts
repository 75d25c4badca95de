const [lineFeed, carriageReturn] = [10, 13];

/** The lines of a text, ended by LF, CRLF or CR; none after the last end. Takes no memory for those that are not kept. */
export function* linesOf(text: string): Generator<string> {
  for (let from = 0; from < text.length; ) {
    let end = from;
    for (; end < text.length; end += 1) {
      const unit = text.charCodeAt(end);
      if (unit === lineFeed || unit === carriageReturn) break;
    }
    yield text.slice(from, end);
    from = end + (text.startsWith("\r\n", end) ? 2 : 1);
  }
}
