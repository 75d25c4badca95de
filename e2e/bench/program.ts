import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { onShutdown } from "@/lib/launch/shutdown";
import { administrator, signIn } from "@/lib/testing/sign-in";
import { startArguments } from "@/lib/testing/start-command";

/** A running Referrals, started as `npm start` starts it. */
export interface Program {
  pid: number;
  /** `http://127.0.0.1:…` */
  address: string;
  stop(): Promise<void>;
}

/**
 * Starts Referrals on a free port of the loopback address and waits until it says that it is ready.
 * @throws when it ends before, with what it printed
 */
export async function startProgram(environment: Record<string, string>): Promise<Program> {
  const child = spawn(process.execPath, startArguments, {
    env: { ...process.env, HOST: "127.0.0.1", PORT: "0", DEMO: "0", LOG_LEVEL: "warn", ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const stop = async () => {
    forget();
    child.kill("SIGTERM");
    await ended;
  };
  const forget = onShutdown(stop);
  const printed: string[] = [];
  const address = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      printed.push(line);
      const ready = /Ready on (\S+)/.exec(line)?.[1];
      if (ready) resolve(ready);
    });
    ended.then(() => reject(new Error(`Referrals did not start:\n${printed.join("\n")}`)), reject);
  });
  return { pid: child.pid ?? 0, address, stop };
}

/** A running Referrals, and what is sent to it as `Cookie` by somebody who is signed in. */
export interface Signed extends Program {
  cookie: string;
}

/** Starts Referrals as `startProgram` does, with an administrator who is signed in. */
export async function startSigned(environment: Record<string, string>): Promise<Signed> {
  const program = await startProgram({ ...administrator, ...environment });
  return { ...program, cookie: await signIn(program.address) };
}
