import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { afterEach, describe, expect, it, vi } from "vitest";

afterEach(() => vi.unstubAllEnvs());

async function below(base: string) {
  vi.stubEnv("BASE_PATH", base);
  vi.resetModules();
  return import("@/lib/base-path");
}

it.each([
  ["", "/", "/"],
  ["", "/accounts?q=a", "/accounts?q=a"],
  ["/shop/codes", "/", "/shop/codes"],
  ["/shop/codes", "/?a=1", "/shop/codes?a=1"],
  ["/shop/codes", "/accounts?q=/", "/shop/codes/accounts?q=/"],
])("below “%s” the path %s is asked for as %s, and known again", async (base, path, address) => {
  const { withBase, withoutBase } = await below(base);
  expect(withBase(path)).toBe(address);
  expect(withoutBase(address)).toBe(path);
});

it("knows the root with a slash, too", async () => expect((await below("/codes")).withoutBase("/codes/")).toBe("/"));

it.each(["/", "/accounts", "/codesx", "/codes-2/", "/CODES", "/x/codes", "//codes", "http://codes/", "*", ""])(
  "%s is not below /codes",
  async (address) => expect((await below("/codes")).withoutBase(address)).toBeNull(),
);

/** Addresses that go out as they are, and why. */
const exempt: Record<string, string> = {
  "components/accounts/set-up-factor.tsx picture": "is the picture itself, as data",
  "components/accounts/set-up-factor.tsx address": "is for the app that makes codes",
  "components/imports/use-upload.ts asked": "was asked for, so it has its base",
  "components/shell/stay-on-page.ts address": "was asked for, so it has its base",
  "components/views/views-panel.tsx location.pathname": "was asked for, so it has its base",
  'lib/api/serve.ts "/openapi.json"': "is what was asked for, of which the base was taken",
  "lib/oidc/provider.ts url": "is the provider's",
};

const sources = ["app", "components", "lib"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/^lib\/(generated|launch|testing|stress)\//.test(path)),
);

const addressAttributes = /^(href|src|srcSet|action|formAction|poster)$/;

/** The expressions of a source that become addresses in a browser without Next. */
function addressesIn(text: string): string[] {
  const source = ts.createSourceFile("x.tsx", text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: ts.Node[] = [];
  const take = (node: ts.Node | undefined) => node && found.push(node);

  function visit(node: ts.Node): void {
    if (ts.isJsxOpeningElement(node) || ts.isJsxSelfClosingElement(node)) {
      // An element of HTML begins with a small letter; ours give what they are given to one, or to Next.
      if (/^[a-z]/.test(node.tagName.getText()))
        for (const attribute of node.attributes.properties)
          if (ts.isJsxAttribute(attribute) && addressAttributes.test(attribute.name.getText())) {
            const value = attribute.initializer;
            take(value && ts.isJsxExpression(value) ? value.expression : value);
          }
    } else if (ts.isCallExpression(node)) {
      const called = node.expression.getText();
      const [first, second] = node.arguments;
      if (/^(window\.)?fetch$|^window\.open$|\blocation\.(assign|replace)$|\.sendBeacon$/.test(called)) take(first);
      else if (/\.open$/.test(called) && /^"[A-Z]+"$/.test(first?.getText() ?? "")) take(second);
    } else if (ts.isNewExpression(node)) {
      const [first, second] = node.arguments ?? [];
      if (/^(EventSource|WebSocket|Worker|SharedWorker)$/.test(node.expression.getText())) take(first);
      else if (node.expression.getText() === "URL" && /\blocation\b/.test(second?.getText() ?? "")) take(first);
    } else if (ts.isBinaryExpression(node) && /\blocation(\.href)?$/.test(node.left.getText())) {
      if (node.operatorToken.kind === ts.SyntaxKind.EqualsToken) take(node.right);
    } else if (ts.isTaggedTemplateExpression(node) && ts.isTemplateExpression(node.template)) {
      const { head, templateSpans } = node.template;
      let before = head.text;
      for (const { expression, literal } of templateSpans) {
        if (/\s(href|src|action)="$/.test(before)) take(expression);
        before = literal.text;
      }
    } else if (ts.isPropertyAssignment(node) && /^["']?location["']?$/i.test(node.name.getText())) {
      take(node.initializer);
    } else if (ts.isStringLiteral(node) && /^\/[\w/-]+\.\w+$/.test(node.text)) take(node); // a file of ours
    if (ts.isPropertyAccessExpression(node) && /^(window\.)?location\.origin$/.test(node.getText())) {
      const { parent } = node; // beside an address that has its base, compared, or with the base after it
      if (!ts.isNewExpression(parent) && !/===|\+ basePath$/.test(parent.getText())) take(node);
    }
    ts.forEachChild(node, visit);
  }
  visit(source);
  return found.filter((node) => !isSettled(node)).map((node) => node.getText().replace(/\s+/g, " "));
}

/** Whether an address has its base, or needs none: a place in the page, data, or empty. */
function isSettled(node: ts.Node): boolean {
  if (ts.isCallExpression(node)) return node.expression.getText() === "withBase";
  if (ts.isCallExpression(node.parent) && node.parent.expression.getText() === "withBase") return true;
  if (ts.isTemplateExpression(node)) return /^(#|data:|mailto:)/.test(node.head.text);
  return ts.isStringLiteralLike(node) && /^($|#|data:|mailto:)/.test(node.text);
}

describe("an address that goes out without Next", () => {
  // § is a dollar.
  it.each([
    "<a href={path} download />",
    '<a href="/docs" />',
    "<form action={path} />",
    "<img src={`/qr/§{id}`} />",
    "fetch(path, { signal })",
    'request.open("POST", address)',
    'window.open(signInPath, "_blank")',
    "location.assign(to)",
    "location.href = to",
    "new URL(`/enter/§{token}`, location.origin)",
    'html`<a class="x" href="§{path}">`',
    "<a href={`/§{path}/sample`} />",
    "tryLine(made, location.origin)",
    "new Headers({ location: to })",
    '({ manifest: "/manifest.webmanifest" })',
  ])("is found in %s", (text) => expect(addressesIn(text.replaceAll("§", "$"))).toHaveLength(1));

  it.each([
    "<a href={withBase(path)} download />",
    "<a href={`#§{id}`} />",
    "<Link href={path} />",
    "fetch(withBase(path))",
    "tryLine(made, location.origin + basePath)",
    'html`<a href="§{withBase(path)}">`',
    '({ manifest: withBase("/manifest.webmanifest") })',
  ])("is none in %s", (text) => expect(addressesIn(text.replaceAll("§", "$"))).toEqual([]));

  it("has its base, everywhere", () => {
    const found = sources.flatMap((path) => addressesIn(readFileSync(path, "utf8")).map((text) => `${path} ${text}`));
    expect(found.filter((place) => !(place in exempt))).toEqual([]);
    expect(
      Object.keys(exempt).filter((place) => !found.includes(place)),
      "what is exempt and not there",
    ).toEqual([]);
  });
});
