import { z } from "zod";
import { shortened } from "@/lib/shortened";

const shown = (issue: { input?: unknown }) => `“${shortened(String(issue.input), 40)}”`;

/** How many rows a page has at most, and where nothing is said. */
const pageSizeMax = 1000;

/** How many rows a page has. */
export const pageSizeField = z
  .string()
  .regex(/^\d{1,12}$/, { error: (issue) => `${shown(issue)} is no number of rows: give 1 to ${pageSizeMax}.` })
  .transform(Number)
  .refine((size) => size >= 1 && size <= pageSizeMax, {
    error: (issue) => `${String(issue.input)} rows are out of range: give 1 to ${pageSizeMax}.`,
  })
  .meta({ type: "integer", minimum: 1, maximum: pageSizeMax })
  .default(pageSizeMax)
  .meta({ default: pageSizeMax });

/** How many rows are passed over before the page. */
export const skipField = z
  .string()
  .regex(/^\d{1,12}$/, { error: (issue) => `${shown(issue)} is no number of rows to skip: give 0 or more.` })
  .transform(Number)
  .meta({ type: "integer", minimum: 0, maximum: 999_999_999_999 })
  .default(0)
  .meta({ default: 0 });

/** A field's name for ascending order, with `-` before it for descending. */
export function sortField<Name extends string>(names: readonly Name[], otherwise: NoInfer<Name>, descending: boolean) {
  const all = names.flatMap((name): string[] => [name, `-${name}`]);
  return z
    .enum(all, { error: (issue) => `${shown(issue)} is no order: give one of ${names.join(", ")}, or “-” and one.` })
    .default(descending ? `-${otherwise}` : otherwise)
    .transform((text) => ({ by: text.replace("-", "") as Name, descending: text.startsWith("-") }));
}

/** A page without a count. */
export const pageModel = <Row extends z.ZodType>(row: Row) => z.object({ hasMore: z.boolean(), data: z.array(row) });

/** A page with the exact number of all there are. */
export const countedPageModel = <Row extends z.ZodType>(row: Row) =>
  z.object({ totalResultSize: z.int().min(0), data: z.array(row) });
