/**
 * What a page may load and run, as the header that says so. Scripts are those that carry the nonce and what these load; styles may stand in the
 * page, because tables have columns of measured widths and messages bring their own sheet; everything else is of this server.
 * @param nonce new for every answer, of at least 128 random bits
 */
export function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:", // the style sheet's own small signs
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** The nonce of a page's policy. */
export function nonceOf(policy: string | null): string | undefined {
  return policy?.match(/'nonce-([^']+)'/)?.[1];
}
