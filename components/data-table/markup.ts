/** A piece of HTML. Only `html` makes one, so that every text in it is escaped: what a page holds is what was written here. */
export interface Markup {
  readonly html: string;
}

type Piece = Markup | readonly Markup[] | string | number | false | null;

class Written implements Markup {
  constructor(readonly html: string) {}
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** A text as HTML, in an element as well as between the quotes of an attribute. */
function escaped(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (character) => entities[character] ?? "") : text;
}

function written(piece: Piece): string {
  if (piece instanceof Written) return piece.html;
  if (Array.isArray(piece)) return piece.map(written).join("");
  return piece === null || piece === false ? "" : escaped(String(piece));
}

/**
 * HTML for the server and the browser alike: html`<b title="${text}">${text}</b>`. Texts are escaped, null and false leave
 * nothing; attributes are to be written in quotes.
 */
export function html(strings: TemplateStringsArray, ...pieces: Piece[]): Markup {
  return new Written(strings.reduce((before, after, place) => before + written(pieces[place - 1] ?? null) + after));
}
