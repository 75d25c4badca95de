import { z } from "zod";
import { type Permission, permissions } from "@/lib/access/permissions";
import { idField, instantField, smallIdField } from "@/lib/codes/schema";
import { formatNumber } from "@/lib/format";
import { grantable, keyKinds, perSecondDefault, perSecondMax } from "@/lib/keys/rules";
import { shortened } from "@/lib/shortened";
import { textField } from "@/lib/text-field";

const permissionField = z.custom<Permission>((name) => typeof name === "string" && Object.hasOwn(permissions, name), {
  error: (issue) =>
    `“${shortened(String(issue.input))}” is nothing that a key can be allowed. There are: ${grantable("management").join(", ")}.`,
});

const rateProblem = (rate: unknown) =>
  `“${shortened(String(rate))}” is no rate: it is a whole number of requests a second, from 1 to ${formatNumber(perSecondMax)}.`;

/** The form of a new key. Without `permissions` it may do all that its kind can. */
export const createKeyInput = z
  .strictObject({
    applicationId: smallIdField,
    kind: z.enum(keyKinds, { error: "A key is of the kind “integration” or “management”." }),
    name: textField(1, 100, "A name"),
    permissions: z.array(permissionField).min(1, { error: "Allow the key at least one thing." }).max(50).optional(),
    perSecond: z
      .int({ error: ({ input }) => rateProblem(input) })
      .min(1, { error: ({ input }) => rateProblem(input) })
      .max(perSecondMax, { error: ({ input }) => rateProblem(input) })
      .default(perSecondDefault),
    expires: instantField.default(null),
  })
  .superRefine(({ kind, permissions: asked }, context) => {
    for (const one of asked ?? [])
      if (!grantable(kind).includes(one))
        context.addIssue({
          code: "custom",
          path: ["permissions"],
          message: `A key of the kind “${kind}” cannot be allowed “${one}”. It can be allowed: ${grantable(kind).join(", ")}.`,
        });
  });
export type CreateKeyInput = z.output<typeof createKeyInput>;

/** The key that is to be replaced or revoked. */
export const keyInput = z.strictObject({ applicationId: smallIdField, keyId: idField });
export type KeyInput = z.output<typeof keyInput>;
