import pino from "pino";
import { masked } from "@/lib/masked";

const { LOG_LEVEL: asked = "" } = process.env;
// One that is none is for the settings to refuse, whose readers load this first.
const isLevel = asked === "silent" || Object.hasOwn(pino.levels.values, asked);

/** How the log writes: for a test, which reads it. */
export const logOptions = {
  level: isLevel ? asked : "info",
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { log: (object) => masked(object) as Record<string, unknown> },
  serializers: { err: (error: Error) => masked(pino.stdSerializers.err(error)) },
} satisfies pino.LoggerOptions;

/** The log of the process: one JSON object a line on standard output, without secrets. Errors go under the key `err`. */
export const log = pino(logOptions);
