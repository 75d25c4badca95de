import { z } from "zod";
import { type Permission, permissions } from "@/lib/access/permissions";
import { idField, instantField, smallIdField } from "@/lib/codes/schema";
import { grantable, keyKinds, perSecondDefault, perSecondMax } from "@/lib/keys/rules";
import { textField } from "@/lib/text-field";

const permissionField = z.custom<Permission>((name) => typeof name === "string" && name in permissions, {
  error: (issue) => `“${String(issue.input).slice(0, 60)}” is nothing that can be allowed.`,
});

/** The form of a new key. Without `permissions` it may do all that its kind can. */
export const createKeyInput = z
  .object({
    applicationId: smallIdField,
    kind: z.enum(keyKinds, { error: "A key is an integration key or a management key." }),
    name: textField(1, 100, "A name"),
    permissions: z.array(permissionField).min(1, { error: "Allow the key at least one thing." }).max(50).optional(),
    perSecond: z
      .int({ error: "The rate is a whole number of requests a second." })
      .min(1, { error: "A key may send at least 1 request a second." })
      .max(perSecondMax, { error: "A key may send up to 100,000 requests a second." })
      .default(perSecondDefault),
    expires: instantField.default(null),
  })
  .superRefine(({ kind, permissions: asked }, context) => {
    for (const one of asked ?? [])
      if (!grantable(kind).includes(one))
        context.addIssue({
          code: "custom",
          path: ["permissions"],
          message: `A key of this kind cannot be allowed “${one}”.`,
        });
  });
export type CreateKeyInput = z.output<typeof createKeyInput>;

/** The key that is to be replaced or revoked. */
export const keyInput = z.object({ applicationId: smallIdField, keyId: idField });
export type KeyInput = z.output<typeof keyInput>;
