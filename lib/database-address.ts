/**
 * Whether a text is the address of a PostgreSQL database, with every part where it is meant to be: a password with a bare
 * `/`, `?` or `#` ends the host early, and what is left of it, with the `@`, is taken for a path or a parameter.
 */
export function isDatabaseAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, pathname, search, hash } = new URL(text);
  return (
    ["postgres:", "postgresql:"].includes(protocol) &&
    pathname.length > 1 &&
    !`${pathname}${search}${hash}`.match(/[@#]/)
  );
}

/** What may be shown of an address that cannot be read: what it begins with; any other part can be the password. */
export function addressBeginning(text: string): string {
  return `${/^[a-z][a-z0-9+.-]*:\/\//i.exec(text)?.[0] ?? ""}…`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// A shorter one cannot be told from other text, and is not worth hiding.
const shortestSecret = 3;

function secretsOf(address: string): string[] {
  const given = [
    /\/\/[^:]*:(.*)@/s.exec(address)?.[1],
    ...[...address.matchAll(/[?&][^=&]*pass[^=&]*=([^&]*)/gi)].map((match) => match[1]),
  ].flatMap((secret) => (secret === undefined ? [] : [secret]));
  return given
    .flatMap((secret) => [secret, decoded(secret), encodeURIComponent(decoded(secret))])
    .filter(({ length }) => length >= shortestSecret)
    .sort((a, b) => b.length - a.length);
}

/** A text for people or a log, without the passwords of a database's address, as they are written there and as they are meant. */
export function withoutPasswords(text: string, address = process.env.DATABASE_URL ?? ""): string {
  return secretsOf(address).reduce((rest, secret) => rest.replaceAll(secret, "…"), text);
}
