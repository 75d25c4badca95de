import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** The words of a line for a shell, as one reads them: quotes, variables, and lines that go on behind a backslash. */
function wordsOf(line: string, env: Record<string, string>): string[] {
  const words: string[] = [];
  const pattern = /(?:'[^']*'|"[^"]*"|[^\s'"\\])+/g;
  const rest = line.replace(/\\\n/g, " ").replace(pattern, (word) => {
    words.push(
      word.replace(/'([^']*)'|"([^"]*)"|([^'"]+)/g, (_, plain?: string, quoted?: string, bare?: string) =>
        plain !== undefined ? plain : (quoted ?? bare ?? "").replace(/\$(\w+)/g, (_, name: string) => env[name] ?? ""),
      ),
    );
    return "";
  });
  if (rest.trim() !== "") throw new Error(`A shell reads this otherwise: ${rest.trim()}`);
  return words;
}

/** Does what a line of curl says, as far as our lines go. @param folder where its files are */
export async function runCurl(line: string, env: Record<string, string>, folder: string): Promise<Response> {
  const [program, ...words] = wordsOf(line, env);
  if (program !== "curl") throw new Error(`This is no line of curl: ${line}`);
  let [method, address, body, file] = ["", "", undefined as BodyInit | undefined, ""];
  const headers = new Headers();
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const value = () => words.shift() ?? "";
    if (word === "-X") method = value();
    else if (word === "-H") headers.set(...(value().split(/:\s*/, 2) as [string, string]));
    else if (word === "-d") body = value();
    else if (word === "-o") file = join(folder, value());
    else if (word === "-F") {
      const [field = "", name = ""] = value().split("=@");
      const form = new FormData();
      form.set(field, new Blob([await readFile(join(folder, name))]), name);
      body = form;
    } else if (word.startsWith("-")) throw new Error(`${word} is not known here`);
    else address = word;
  }
  const response = await fetch(address, { method: method || (body ? "POST" : "GET"), headers, body });
  if (file !== "" && response.ok) await writeFile(file, Buffer.from(await response.clone().arrayBuffer()));
  return response;
}
