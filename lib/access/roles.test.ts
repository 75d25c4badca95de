import { describe, expect, test } from "vitest";
import { type Actor, knows, person } from "@/lib/access/actor";
import { lacking, may } from "@/lib/access/offer";
import { everyPermission, type Permission, type Role, roles } from "@/lib/access/permissions";
import { admit } from "@/lib/access/scope";

const own = 7;
const other = 8;
const somebody = (role: Role): Actor =>
  person({ id: "p1", name: "Ada", administrator: false, roles: new Map([[own, role]]) });
const administrator = person({ id: "p2", name: "Root", administrator: true, roles: new Map() });
const nobody = person({ id: "p3", name: "New", administrator: false, roles: new Map() });

// Who may what in an application, cell by cell: viewer, editor, admin, and who administers the server.
const table: Record<Permission, [viewer: boolean, editor: boolean, admin: boolean, administrator: boolean]> = {
  "applications.list": [true, true, true, true],
  "applications.create": [false, false, false, true],
  "applications.read": [true, true, true, true],
  "applications.write": [false, false, true, true],
  "attributes.write": [false, false, true, true],
  "campaigns.write": [false, false, true, true],
  "referrals.read": [true, true, true, true],
  "referrals.create": [false, true, true, true],
  "referrals.import": [false, true, true, true],
  "referrals.edit": [false, true, true, true],
  "referrals.delete": [false, true, true, true],
  "referrals.export": [true, true, true, true],
  "redemptions.write": [false, false, true, true],
  "customers.read": [true, true, true, true],
  "keys.read": [false, false, true, true],
  "keys.write": [false, false, true, true],
  "members.read": [false, false, true, true],
  "members.write": [false, false, true, true],
  "audit.read": [false, false, true, true],
  "views.write": [false, true, true, true],
  "operations.undo": [false, true, true, true],
  "operations.approve": [false, true, true, true],
  "operations.run": [false, true, true, true],
  "accounts.read": [false, false, false, true],
  "accounts.write": [false, false, false, true],
  upkeep: [false, false, false, false],
};

const cells = [...everyPermission].flatMap((permission) =>
  [...roles, "administrator" as const].map((who, at) => ({ permission, who, allowed: table[permission][at] })),
);

describe("in an application", () => {
  test.each(cells)("$who, $permission: $allowed", ({ permission, who, allowed }) => {
    const actor = who === "administrator" ? administrator : somebody(who);
    const ids = { applicationId: own, campaignId: 1 };
    if (allowed) expect(admit(actor, ids, permission)).toMatchObject({ ids, permission });
    else expect(() => admit(actor, ids, permission)).toThrow(expect.objectContaining({ code: "forbidden" }));
    expect(may({ actor, ids }, permission)).toBe(allowed);
    expect(lacking({ actor, ids }).includes(permission)).toBe(!allowed);
  });
});

describe("in an application that is none of theirs", () => {
  test.each([...everyPermission])("%s is asked of what is not there", (permission) => {
    for (const actor of [nobody, ...roles.map(somebody)])
      for (const ids of [{ applicationId: other }, { applicationId: other, campaignId: 1 }])
        expect(() => admit(actor, ids, permission)).toThrow(
          expect.objectContaining({ code: "not_found", message: `There is no application ${other}.` }),
        );
  });

  test("only who administers the server knows of it", () => {
    for (const actor of [nobody, ...roles.map(somebody)]) expect(knows(actor, other)).toBe(false);
    expect(knows(administrator, other)).toBe(true);
    expect(knows(somebody("viewer"), own)).toBe(true);
  });
});

test("outside of applications a person sees the list of theirs, and makes none", () => {
  for (const actor of [nobody, ...roles.map(somebody)]) {
    expect(admit(actor, {}, "applications.list")).toMatchObject({ ids: {} });
    for (const permission of everyPermission)
      if (permission !== "applications.list")
        expect(() => admit(actor, {}, permission)).toThrow(expect.objectContaining({ code: "forbidden" }));
  }
  expect(admit(administrator, {}, "applications.create")).toMatchObject({ ids: {} });
});

test("a refusal names what is missing, and who can give it", () => {
  expect(() => admit(somebody("viewer"), { applicationId: own }, "referrals.edit")).toThrow(
    "“Ada” may not edit codes. An admin of the application can give the role Editor, which has the permission “referrals.edit”.",
  );
  expect(() => admit(somebody("admin"), {}, "applications.create")).toThrow(
    "“Ada” may not make an application. Only who administers this server has the permission “applications.create”.",
  );
});
