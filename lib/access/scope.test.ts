import { describe, expect, test } from "vitest";
import { type Actor, operator, worker } from "@/lib/access/actor";
import { everyPermission, type Permission, permissions } from "@/lib/access/permissions";
import { admit } from "@/lib/access/scope";

const ids = { applicationId: 1, campaignId: 2 };
const reader: Actor = { kind: "key", id: "k1", name: "Shop key", permissions: new Set(["referrals.read"]) };

describe("admit", () => {
  test("a scope says who asks, where, and for what", () => {
    expect(admit(reader, ids, "referrals.read")).toMatchObject({ actor: reader, ids, permission: "referrals.read" });
  });

  test("nothing else that a request says is taken for where", () => {
    const request = { ...ids, importId: "7" };
    expect(admit(reader, request, "referrals.read").ids).toEqual(ids);
    expect(admit(reader, { scope: ids, query: "" }, "referrals.read").ids).toEqual(ids);
    expect(admit(operator, { applicationId: 1 }, "attributes.write").ids).toEqual({ applicationId: 1 });
    expect(admit(operator, {}, "applications.create").ids).toEqual({});
  });

  test("without the permission it is refused, by name, with the mend", () => {
    expect(() => admit(reader, ids, "referrals.delete")).toThrow(
      expect.objectContaining({
        code: "forbidden",
        message:
          "“Shop key” may not delete codes. An admin of the application can give the role Editor, which has the permission “referrals.delete”.",
      }),
    );
  });

  test("what a permission includes is allowed with it", () => {
    expect(admit(reader, ids, "applications.read")).toMatchObject({ permission: "applications.read" });
  });

  test("the operator may do everything, the server by itself only clean up", () => {
    expect(operator.permissions).toEqual(everyPermission);
    for (const permission of everyPermission) expect(() => admit(operator, ids, permission)).not.toThrow();
    expect([...worker.permissions]).toEqual(["upkeep"]);
  });
});

describe("the table of permissions", () => {
  const includes = (permission: Permission): readonly Permission[] => permissions[permission].includes;

  test.each([...everyPermission])("%s includes what its own permissions include", (permission) => {
    const all = new Set([permission, ...includes(permission)]);
    for (const one of includes(permission)) for (const other of includes(one)) expect(all).toContain(other);
  });
});
