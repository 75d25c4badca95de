import pino from "pino";

/** The log of the process: one JSON object a line on standard output. Errors go under the key `err`. */
export const log = pino({
  level: process.env.LOG_LEVEL || "info",
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: ["*.password", "*.authorization", "*.cookie", "headers.authorization", "headers.cookie"],
});
