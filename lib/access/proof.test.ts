import { join, relative, resolve } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { permissions } from "@/lib/access/permissions";

const root = resolve(import.meta.dirname, "../..");

/** What opens the database: exports of `lib/db.ts`. Whoever is given a transaction instead is a part of what was admitted. */
const doors = ["db", "listDb", "pool", "takeConnection", "bulkTransaction", "quickTransaction", "askQuickly"];

/** Makes the scope that is asked for, and records where it is refused: who calls it asks nothing else of the database by that. */
const doorkeeper = "lib/access/refusal.ts admitRecorded";

/** Exported functions that ask the database and take no scope, and why. */
const exempt: Record<string, string> = {
  "lib/health/queries.ts readiness": "is asked by whoever sends requests here, and answers yes or no",
  "lib/worker/lease.ts takeLease": "the worker takes what somebody was admitted to begin",
  "lib/worker/lease.ts giveBack": "under a lease",
  "lib/worker/worker.ts workOnce": "under a lease",
  "lib/worker/worker.ts startWorker": "under leases",
  "lib/worker/migrations.ts indexStep": "of no application",
  "lib/all-work.ts allWork": "under leases",
  "lib/all-work.ts startWorking": "under leases",
  "lib/operations/background.ts operationQueue": "under a lease",
  "lib/imports/background.ts makeOfRows": "under a lease",
  "lib/imports/background.ts importStep": "under a lease",
  "lib/creations/background.ts createStep": "under a lease",
  "lib/keys/queries.ts provenKey": "finds out who asks",
  "lib/access/secret.ts signingSecret": "finds out who asks",
  "lib/access/signed-in.ts signedInBy": "finds out who asks",
  "lib/access/refusal.ts recordRefusal": "records that somebody was refused",
  "lib/access/refusal.ts auditRefusal": "records that somebody was refused",
  "lib/access/signed-in.ts signedIn": "finds out who asks",
  "lib/page.ts oneself": "finds out who asks",
  "lib/page.ts whoeverIsThere": "finds out who asks",
  "lib/accounts/auth.ts accounts": "is by what somebody gets in",
  "lib/accounts/storage.ts accountDatabase": "is by what somebody gets in",
  "lib/accounts/storage.ts accountStorage": "is by what somebody gets in",
  "lib/accounts/rates.ts holdSignIns": "counts what somebody tries",
  "lib/accounts/rates.ts forgiveSignIns": "counts what somebody tries",
  "lib/accounts/rates.ts holdPasskeys": "counts what somebody tries",
  "lib/accounts/rates.ts holdMails": "counts what somebody asks",
  "lib/accounts/forgotten.ts sendForgotten": "sends a link to whose it is, and tells nobody else",
  "lib/accounts/rates.ts holdCodes": "counts what somebody tries",
  "lib/accounts/rates.ts forgiveCodes": "counts what somebody tries",
  "lib/accounts/sign-in.ts provingPassword": "lets in by a password",
  "lib/accounts/sign-in.ts signIn": "lets in by a password",
  "lib/accounts/sign-in.ts signOut": "ends the session that asks",
  "lib/accounts/sign-in.ts enterOrAsk": "after a link was spent",
  "lib/accounts/sign-in.ts enterAs": "after a link was spent, or a code",
  "lib/accounts/sign-in.ts newSession": "after somebody proved who they are",
  "lib/accounts/sign-in.ts proveOwnPassword": "about whoever is signed in, and nobody else",
  "lib/accounts/challenge.ts keepChallenge": "by the signing secret",
  "lib/accounts/challenge.ts spendChallenge": "finds out who asks",
  "lib/accounts/sign-in-passkey.ts askForPasskey": "lets in by a passkey",
  "lib/accounts/sign-in-passkey.ts enterByPasskey": "lets in by a passkey",
  "lib/accounts/passkeys.ts ownPasskeys": "about whoever is signed in, and nobody else",
  "lib/accounts/passkeys.ts beginPasskey": "about whoever is signed in, and nobody else",
  "lib/accounts/passkeys.ts addPasskey": "about whoever is signed in, and nobody else",
  "lib/accounts/passkeys.ts renamePasskey": "about whoever is signed in, and nobody else",
  "lib/accounts/passkeys.ts removePasskey": "about whoever is signed in, and nobody else",
  "lib/accounts/passkey-routes.ts beginPasskeyRoute": "finds out who asks",
  "lib/accounts/passkey-routes.ts addPasskeyRoute": "finds out who asks",
  "lib/accounts/passkey-routes.ts askPasskeyRoute": "lets in by a passkey",
  "lib/accounts/passkey-routes.ts enterPasskeyRoute": "lets in by a passkey",
  "lib/accounts/passkey-routes.ts renamePasskeyForm": "finds out who asks",
  "lib/accounts/passkey-routes.ts removePasskeyForm": "finds out who asks",
  "lib/accounts/sign-in-code.ts enterByCode": "lets in by a second factor",
  "lib/accounts/question.ts askForCode": "asks for a second factor",
  "lib/accounts/question.ts askedForCode": "finds out who asks",
  "lib/accounts/question.ts endQuestion": "about whoever was asked, and nobody else",
  "lib/accounts/oneself.ts oneself": "finds out who asks",
  "lib/accounts/links.ts createLink": "at the terminal, or after an admission",
  "lib/accounts/links.ts findLink": "tells what a link of 256 random bits is for",
  "lib/accounts/people.ts makeFirst": "by a link, or at the terminal",
  "lib/accounts/people.ts makePerson": "within the transaction of an invitation",
  "lib/accounts/people.ts enterDemo": "by a link",
  "lib/accounts/people.ts resetPassword": "by a link",
  "lib/accounts/people.ts givePassword": "about whoever is signed in, and nobody else",
  "lib/accounts/people.ts findPerson": "at the terminal",
  "lib/accounts/people.ts addressee": "of whom a link has let in",
  "lib/accounts/people.ts waysToSignIn": "by what anybody can sign in yet",
  "lib/accounts/forms.ts signInForm": "lets in by a password",
  "lib/accounts/forms.ts codeForm": "lets in by a second factor",
  "lib/accounts/forms.ts signOutForm": "ends the session that asks",
  "lib/accounts/forms.ts firstForm": "by a link",
  "lib/accounts/forms.ts demoForm": "by a link",
  "lib/accounts/forms.ts resetForm": "by a link",
  "lib/accounts/forms.ts forgottenForm": "sends a link to whose it is, and tells nobody else",
  "lib/accounts/forms.ts profileForm": "finds out who asks",
  "lib/accounts/forms.ts passwordForm": "finds out who asks",
  "lib/accounts/forms.ts sessionsForm": "finds out who asks",
  "lib/accounts/second-factor-forms.ts beginFactorForm": "finds out who asks",
  "lib/accounts/second-factor-forms.ts confirmFactorForm": "finds out who asks",
  "lib/accounts/second-factor-forms.ts renewCodesForm": "finds out who asks",
  "lib/accounts/second-factor-forms.ts keptCodesForm": "finds out who asks",
  "lib/accounts/second-factor-forms.ts removeFactorForm": "finds out who asks",
  "lib/oidc/attempt.ts keepAttempt": "by the signing secret",
  "lib/oidc/attempt.ts attemptOf": "by the signing secret",
  "lib/oidc/enter.ts enterByIdentity": "lets in whom the provider has proven",
  "lib/oidc/forms.ts oidcForm": "leads to the provider",
  "lib/oidc/forms.ts oidcCallback": "lets in whom the provider has proven",
  "lib/oidc/forms.ts unlinkForm": "finds out who asks",
  "lib/oidc/linked.ts linkedSignIns": "about whoever is signed in, and nobody else",
  "lib/oidc/linked.ts unlinkSignIn": "about whoever is signed in, and nobody else",
  "lib/accounts/own.ts ownAccount": "about whoever is signed in, and nobody else",
  "lib/accounts/own.ts saveProfile": "about whoever is signed in, and nobody else",
  "lib/accounts/own.ts changePassword": "about whoever is signed in, and nobody else",
  "lib/accounts/own.ts endSessions": "about whoever is signed in, and nobody else",
  "lib/accounts/second-factor.ts ownSecondFactor": "about whoever is signed in, and nobody else",
  "lib/accounts/second-factor.ts beginSecondFactor": "about whoever is signed in, and nobody else",
  "lib/accounts/second-factor.ts shownSetup": "about whoever is signed in, and nobody else",
  "lib/accounts/second-factor.ts confirmSecondFactor": "about whoever is signed in, and nobody else",
  "lib/accounts/second-factor.ts madeRecoveryCodes": "about whoever is signed in, and nobody else",
  "lib/accounts/second-factor.ts renewRecoveryCodes": "about whoever is signed in, and nobody else",
  "lib/accounts/second-factor.ts removeSecondFactor": "about whoever is signed in, and nobody else",
  "lib/accounts/second-factor.ts removeFactorOf": "at the terminal",
  "lib/accounts/sealed.ts seal": "by the signing secret",
  "lib/accounts/sealed.ts unseal": "by the signing secret",
  "lib/accounts/sealed.ts keepSealed": "by the signing secret",
  "lib/accounts/sealed.ts readSealed": "by the signing secret",
  "lib/api/authorize.ts keyOf": "finds out who asks",
  "lib/api/authorize.ts holdRate": "counts what somebody asks",
  "lib/api/authorize.ts assertAllowed": "decides who may, and records who may not",
  "lib/rate.ts sharedRate": "counts what somebody asks",
  "lib/api/idempotency.ts once": "keeps the answers of a key, under that key",
  "lib/api/idempotency.ts keepAnswer": "keeps the answers of a key, under that key",
  "lib/api/idempotency.ts earlierAnswer": "tells the answers of a key, under that key",
  "lib/api/idempotent-file.ts onceWithFile": "keeps the answers of a key, under that key",
  "lib/api/serve.ts serveApi": "lets in, as a page does",
  "lib/codes/upkeep.ts tidyAfter": "tidies indexes and statistics, of no application",
  "lib/codes/upkeep.ts learnMeanwhile": "tidies statistics, of no application",
};

/** Ways in that tell nothing of any application. */
const documentation = ["app/docs/page.tsx", "app/docs/move-from-talon-one/page.tsx"]; // for everybody: they read no database
/** By what one gets in and out, and what is about oneself: of no application. `refused.test.ts` looks at those that need a session. */
const accounts = ts.sys
  .readDirectory(join(root, "app/(accounts)"), [".ts", ".tsx"])
  .map((file) => relative(root, file));
const open = ["app/layout.tsx", "app/livez/route.ts", "app/readyz/route.ts", ...documentation, ...accounts];

const cases = {
  "a literal is no scope": {
    refused: `getCampaign({ actor: operator, ids, permission: "applications.read" });`,
  },
  "a copy is no scope": { refused: `getCampaign({ ...admit(operator, ids, "referrals.read") });` },
  "ids are no scope": { refused: "getCampaign(ids);" },
  "a scope is no ids, which go to the browser": { refused: `takesIds(admit(operator, ids, "referrals.read"));` },
  "nothing else makes one": { refused: `new Admission(operator, ids, "referrals.read");` },
  "reading allows no edit": { refused: `planEdit(admit(operator, ids, "referrals.read"), edit);` },
  "deleting allows no edit": { refused: `planEdit(admit(operator, ids, "referrals.delete"), edit);` },
  "editing allows one": { allowed: `planEdit(admit(operator, ids, "referrals.edit"), edit);` },
  "editing allows reading": { allowed: `getCampaign(admit(operator, ids, "referrals.edit"));` },
  "who may do one of two things may do what both allow": { allowed: "getCampaign(admit(operator, ids, either));" },
  "and not the one or the other": { refused: "planEdit(admit(operator, ids, either), edit);" },
  "a campaign's scope does for its application": {
    allowed: `listAttributes(admit(operator, ids, "referrals.read"));`,
  },
  "not for all applications": { refused: `listApplications(admit(operator, ids, "applications.read"));` },
  "an application's does for none of its campaigns": {
    refused: `getCampaign(admit(operator, { applicationId: 1 }, "applications.read"));`,
  },
} satisfies Record<string, { refused: string } | { allowed: string }>;

const preamble = `
  import { operator } from "@/lib/access/actor";
  import { admit, type CampaignIds } from "@/lib/access/scope";
  import { listApplications } from "@/lib/applications/queries";
  import { listAttributes } from "@/lib/attributes/queries";
  import { getCampaign } from "@/lib/campaigns/queries";
  import { planEdit } from "@/lib/operations/edit";
  declare const ids: CampaignIds;
  declare const edit: Parameters<typeof planEdit>[1];
  declare const either: "referrals.edit" | "referrals.delete";
  declare function takesIds(ids: CampaignIds): void;
`;
const caseFiles = new Map(
  Object.entries(cases).map(([name, given], number) => [
    join(root, `lib/access/case-${number}.ts`),
    { name, given, text: `${preamble}${Object.values(given)[0]}\nexport {};` },
  ]),
);

const source = (folder: string, include: string) =>
  ts.sys.readDirectory(join(root, folder), [".ts", ".tsx"], undefined, [include]).map((file) => relative(root, file));
const lib = source("lib", "**/*").filter((file) => !/\.test\.ts$|^lib\/(generated|launch|testing)\//.test(file));
const waysIn = source("app", "**/*").filter((file) => /\/(page|layout|route)\.tsx?$/.test(file));

const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile).config,
  ts.sys,
  root,
);
const host = ts.createCompilerHost(options);
const { readFile, fileExists } = host;
host.readFile = (path) => caseFiles.get(path)?.text ?? readFile(path);
host.fileExists = (path) => caseFiles.has(path) || fileExists(path);
const program = ts.createProgram({
  rootNames: [...lib.map((file) => join(root, file)), ...caseFiles.keys()],
  options: { ...options, incremental: false },
  host,
});
const checker = program.getTypeChecker();

function sourceFile(file: string): ts.SourceFile {
  const found = program.getSourceFile(join(root, file));
  if (!found) throw new Error(`${file} is not there`);
  return found;
}

/** What an identifier stands for, in whatever file it is declared. */
function meant(node: ts.Identifier): ts.Symbol | undefined {
  const symbol = ts.isShorthandPropertyAssignment(node.parent)
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : checker.getSymbolAtLocation(node);
  return symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** Whether it is only said of something: to look it up takes the type of that. */
function namesProperty(node: ts.Identifier): boolean {
  const { parent } = node;
  return (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) && parent.name === node;
}

const isScope = (type: ts.Type): boolean =>
  type.isUnion() ? type.types.every(isScope) : type.symbol?.name === "Admission";

interface Declared {
  name: string;
  exported: boolean;
  takesScope: boolean;
  uses: Set<ts.Symbol>;
}

/** The functions and constants of lib, and which others each of them names. */
function declared(): Map<ts.Symbol, Declared> {
  const all = new Map<ts.Symbol, Declared>();
  for (const file of lib) {
    for (const statement of sourceFile(file).statements) {
      const nodes = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [statement];
      for (const node of nodes) {
        if (!ts.isVariableDeclaration(node) && !ts.isFunctionDeclaration(node)) continue;
        const symbol = node.name && ts.isIdentifier(node.name) && checker.getSymbolAtLocation(node.name);
        if (!symbol) continue;
        const uses = new Set<ts.Symbol>();
        const visit = (child: ts.Node): void => {
          if (ts.isTypeNode(child)) return;
          const used = ts.isIdentifier(child) && !namesProperty(child) ? meant(child) : undefined;
          if (used) uses.add(used);
          ts.forEachChild(child, visit);
        };
        ts.forEachChild(node, visit);
        const exported = (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Export) !== 0;
        const parameters = ts.isFunctionDeclaration(node) ? node.parameters : [];
        const takesScope = parameters.some((parameter) => isScope(checker.getTypeAtLocation(parameter)));
        all.set(symbol, { name: `${file} ${symbol.name}`, exported, takesScope, uses });
      }
    }
  }
  return all;
}

describe("queries and commands", () => {
  const all = declared();
  const doorNames = new Set(doors.map((door) => `lib/db.ts ${door}`));

  /** Whether it asks the database, itself or by what asks for no scope. */
  const asks = (symbol: ts.Symbol, seen = new Set<ts.Symbol>()): boolean => {
    const one = all.get(symbol);
    if (!one || seen.has(symbol) || one.name === doorkeeper) return false;
    if (doorNames.has(one.name)) return true;
    seen.add(symbol);
    return !one.takesScope && [...one.uses].some((used) => asks(used, seen));
  };

  test("all take a scope, but for those with a reason", () => {
    const free = [...all]
      .filter(([symbol, one]) => one.exported && !one.name.startsWith("lib/db.ts") && asks(symbol))
      .map(([, { name }]) => name);
    expect(free.sort()).toEqual(Object.keys(exempt).sort());
  });

  test("are found by this test: those that take one and open the database are many", () => {
    const found = [...all.values()]
      .filter((one) => one.exported && one.takesScope && [...one.uses].some((used) => asks(used)))
      .map(({ name }) => name);
    const some = ["lib/views/commands.ts saveView", "lib/referrals/list/queries.ts listReferrals"];
    expect(found).toEqual(expect.arrayContaining(some));
    expect(found.length).toBeGreaterThan(40);
  });
});

test("somebody is admitted in few places: actions, pages, the API, the worker by itself, and where it shows only then what is asked", () => {
  const calls = /\b(admit|currentActor)\(/;
  const admitting = lib.filter((file) => !file.startsWith("lib/access/") && calls.test(sourceFile(file).text));
  expect(admitting.sort()).toEqual([
    "lib/action.ts",
    "lib/api/serve.ts",
    "lib/imports/changes.ts",
    "lib/operations/control.ts",
    "lib/operations/scope.ts",
    "lib/page.ts",
    "lib/schedules/background.ts", // whoever scheduled it, when its time comes
    "lib/worker/sweeps.ts",
  ]);
});

/** The permissions that a file names where it lets somebody in. */
function named(file: string): string[] {
  const makers = ["everywhere", "applicationAt", "campaignAt", "applicationEndpoint", "campaignEndpoint"];
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && makers.includes(node.expression.text))
      found.push(...node.arguments.filter(ts.isStringLiteral).map(({ text }) => text));
    ts.forEachChild(node, visit);
  };
  const path = join(root, file);
  visit(ts.createSourceFile(path, readFile(path) ?? "", ts.ScriptTarget.Latest));
  return found;
}

describe("the ways in", () => {
  test.each(waysIn.filter((file) => !open.includes(file)))("%s names what it needs", (file) => {
    const asked = named(file);
    expect(asked.length).toBeGreaterThan(0);
    for (const permission of asked) expect(permissions).toHaveProperty([permission]);
  });

  test.each(open)("%s lets nobody in", (file) => expect(named(file)).toEqual([]));

  test.each(lib.filter((file) => file.endsWith("/actions.ts")))("%s has actions that name what they need", (file) => {
    const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(sourceFile(file)) as ts.Symbol);
    expect(exported.length).toBeGreaterThan(0);
    for (const { valueDeclaration } of exported) {
      const made = valueDeclaration && ts.isVariableDeclaration(valueDeclaration) && valueDeclaration.initializer;
      expect(made ? made.getText() : "").toMatch(/^defineAction\(\{[\s\S]*\bpermission: "[a-z.]+"/);
    }
  });
});

describe("what does not compile", () => {
  test.each([...caseFiles].map(([path, { name, given }]) => [name, path, given] as const))("%s", (_, path, given) => {
    const problems = program.getSemanticDiagnostics(program.getSourceFile(path));
    const told = problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
    if ("allowed" in given) expect(told).toEqual([]);
    else expect(told).toEqual([expect.stringMatching(/not assignable|missing|Cannot find name 'Admission'/)]);
  });
});
