/** How long who was answered 503 is to wait before asking again, in seconds, as a header. */
export const retryAfter = { "retry-after": "5" };
