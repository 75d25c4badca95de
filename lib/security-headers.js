/**
 * Headers of every answer, also of those that are made before the application is asked (lib/launch). Nothing of ours is for a
 * frame, another site's page, or a browser's guess of its type.
 */
export const securityHeaders = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Content-Security-Policy": "frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'",
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};
