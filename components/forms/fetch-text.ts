import { withBase } from "@/lib/base-path";

/** The text at an address, without blank lines at its end. Throws where it is not answered as text by the program. */
export async function fetchText(path: string): Promise<string> {
  const answer = await fetch(withBase(path));
  const type = answer.headers.get("content-type");
  if (!answer.ok || !type?.startsWith("text/plain")) throw new Error(`The answer was ${answer.status} ${type}`);
  return (await answer.text()).trimEnd();
}
