import { type ParseArgsConfig, parseArgs } from "node:util";
import { LaunchProblem } from "./problem";

type Described = NonNullable<ParseArgsConfig["options"]>;
type Values<Options extends Described> = ReturnType<typeof parseArgs<{ options: Options }>>["values"];

/**
 * What a task is told on its command line.
 * @param usage how it is called
 * @throws LaunchProblem for what is none of its options, or one without its value
 */
export function readOptions<Options extends Described>(
  args: string[],
  options: Options,
  usage: string,
): Values<Options> {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    const [said] = (error instanceof Error ? error.message : String(error)).split(". ");
    throw new LaunchProblem(`${said?.replace(/\.$/, "")}. It is used so: ${usage}`);
  }
}
