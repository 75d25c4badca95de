import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A page or route of the app, by the address that its file stands for. */
export interface AppFile {
  /** With its parts in brackets: `/applications/[applicationId]/keys`. */
  path: string;
  /** What its addresses look like. */
  pattern: RegExp;
  text: string;
}

const app = join(import.meta.dirname, "..", "..", "app");

function filesNamed(wanted: string): AppFile[] {
  return readdirSync(app, { recursive: true, encoding: "utf8" })
    .filter((file) => file === wanted || file.endsWith(`/${wanted}`))
    .map((file) => {
      const parts = file.split("/").slice(0, -1);
      const path = `/${parts.filter((part) => !part.startsWith("(")).join("/")}`;
      return {
        path,
        pattern: new RegExp(`^${path.replaceAll(/\[\w+\]/g, "[^/]+")}$`),
        text: readFileSync(join(app, file), "utf8"),
      };
    })
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** Every page there is. */
export const pageFiles = (): AppFile[] => filesNamed("page.tsx");
/** Every route there is. */
export const routeFiles = (): AppFile[] => filesNamed("route.ts");
