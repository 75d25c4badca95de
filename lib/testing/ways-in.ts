import { z } from "zod";
import type { Permission } from "@/lib/access/permissions";
import type { ActionResult } from "@/lib/action";
import type { Schema } from "@/lib/api/json-schema";

/** What an action was made of. */
interface Definition {
  input: z.ZodType<object>;
  permission: Permission;
}

/** A server action, called as a browser calls it: with anything. */
export type Action = ((input: unknown) => Promise<ActionResult<unknown>>) & { definition: Definition };

type ActionModule = typeof import("@/lib/action");

/** `lib/action` whose actions keep what they were made of; what a test puts in its place. */
export function keepingDefinitions(module: ActionModule): ActionModule {
  const defineAction = ((definition: Definition) =>
    Object.assign(module.defineAction(definition as never), { definition })) as unknown as ActionModule["defineAction"];
  return { ...module, defineAction };
}

/** Every server action by file and name, from the folders of the nouns: a new one is among them. */
export async function everyAction(): Promise<[name: string, action: Action][]> {
  const files = import.meta.glob<Record<string, Action>>("/lib/*/actions.ts");
  const found: [string, Action][] = [];
  for (const [file, load] of Object.entries(files))
    for (const [name, action] of Object.entries(await load()))
      found.push([`${file.slice("/lib/".length, -"/actions.ts".length)} ${name}`, action]);
  return found;
}

/** The input of an action as JSON schema has it, as it is sent. */
export function inputSchema({ definition }: Action): Schema {
  return z.toJSONSchema(definition.input, { io: "input", unrepresentable: "any" }) as Schema;
}

/** Every page or route below `app/(dashboard)`, by its file. */
export const dashboardPages = import.meta.glob<{ default: (props: object) => Promise<unknown> }>(
  "/app/\\(dashboard\\)/**/page.tsx",
);
export const dashboardRoutes = import.meta.glob<
  Record<string, (request: Request, context: object) => Promise<Response>>
>("/app/\\(dashboard\\)/**/route.ts");
/** Every page by which one gets in, or of one's own account, by its file. */
export const accountPages = import.meta.glob<{ default: (props: object) => Promise<unknown> }>(
  "/app/\\(accounts\\)/**/page.tsx",
);
/** Every plain form of the pages by which one gets in, by its file. */
export const accountForms = import.meta.glob<Record<string, (request: Request, context: object) => Promise<Response>>>(
  "/app/\\(accounts\\)/**/route.ts",
);
