import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { permissions } from "@/lib/access/permissions";

const sources = Object.values(
  import.meta.glob<string>(["/app/**/*.tsx", "/components/**/*.tsx"], {
    query: "?raw",
    import: "default",
    eager: true,
  }),
);
const styles = readFileSync(resolve(import.meta.dirname, "needs.css"), "utf8");

/** The permissions that controls name: `data-needs="…"`, `needs="…"`, `needs: "…"`, or one of two in an expression. */
const named = sources.flatMap((text) =>
  [...text.matchAll(/\bneeds(?:=|: )(?:"([a-z.]+)"|\{([^}]*)\})/g)].flatMap(([, one, expression]) =>
    one ? [one] : [...(expression ?? "").matchAll(/"([a-z]+\.[a-z]+)"/g)].map(([, each]) => each ?? ""),
  ),
);

test("controls name permissions, and many do", () => {
  expect(named.length).toBeGreaterThan(25);
  for (const permission of named) expect(permissions).toHaveProperty([permission]);
});

test("each permission that a control names has its style, and no other", () => {
  const styled = [...styles.matchAll(/\[data-lacks~="([a-z.]+)"\]\) \[data-needs="([a-z.]+)"\]/g)];
  for (const [, lacked, needed] of styled) expect(lacked).toBe(needed);
  expect(styled.map(([, lacked]) => lacked).sort()).toEqual([...new Set(named)].sort());
});
