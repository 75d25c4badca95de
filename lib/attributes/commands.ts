import { audit, differing } from "@/lib/access/audit";
import { lockApplication } from "@/lib/access/lock";
import type { ApplicationIds, Asked, Scope } from "@/lib/access/scope";
import { whyKept } from "@/lib/attributes/carriers";
import { attributesMax } from "@/lib/attributes/limits";
import type { CreateAttributeInput, DeleteAttributeInput, SaveAttributeInput } from "@/lib/attributes/schema";
import { bulkTransaction, db } from "@/lib/db";
import { DomainError, invalidField } from "@/lib/errors";

type Writing = Scope<"attributes.write", ApplicationIds>;

/**
 * Defines an attribute; forms show it last.
 * @throws DomainError `not_found`; `invalid` for a name that an attribute of the application has, or for one attribute too many
 */
export async function createAttribute(scope: Writing, input: Asked<CreateAttributeInput>): Promise<{ name: string }> {
  const { applicationId } = scope.ids;
  const { name } = input;
  return db.$transaction(async (tx) => {
    await lockApplication(tx, scope);
    const last = await tx.attributeDefinition.aggregate({
      where: { applicationId },
      _max: { position: true },
      _count: true,
    });
    if (last._count >= attributesMax) throw invalidField(["name"], { reason: "attributes_full", count: last._count });
    const position = (last._max.position ?? -1) + 1;
    const made = await tx.attributeDefinition.createMany({
      data: { ...input, applicationId, position },
      skipDuplicates: true,
    });
    if (made.count === 0) throw invalidField(["name"], { reason: "attribute_name_taken", name });
    await audit(tx, scope, { event: "attribute_made", subject: name, after: input });
    return { name };
  });
}

/**
 * Changes title, description, suggestions and restriction of an attribute, if nobody changed them since they were shown.
 * Values that codes hold stay as they are.
 * @throws DomainError `not_found`; `stale`, and nothing saved
 */
export async function saveAttribute(scope: Writing, input: Asked<SaveAttributeInput>): Promise<{ name: string }> {
  const { applicationId } = scope.ids;
  const { name, type, shown, ...terms } = input;
  const { suggestions, ...texts } = shown;
  return db.$transaction(async (tx) => {
    const { count } = await tx.attributeDefinition.updateMany({
      where: { ...texts, applicationId, name, type, suggestions: { equals: suggestions } },
      data: terms,
    });
    if (count === 1) {
      await audit(tx, scope, { event: "attribute_saved", subject: name, ...differing<object>(shown, terms) });
      return { name };
    }
    if ((await tx.attributeDefinition.count({ where: { applicationId, name } })) === 0) throw unknown(scope, name);
    throw new DomainError("stale", { reason: "attribute_changed", name });
  });
}

/**
 * Deletes an attribute that no code carries, or is about to: who gives codes attributes holds them (`held.ts`).
 * @throws DomainError `not_found`; `conflict` with the number of codes that carry it, or where work in the background may give it to some
 */
export async function deleteAttribute(
  scope: Writing,
  { name }: Asked<DeleteAttributeInput>,
): Promise<{ name: string }> {
  const { applicationId } = scope.ids;
  return bulkTransaction(async (tx) => {
    const { count } = await tx.attributeDefinition.deleteMany({ where: { applicationId, name } });
    if (count === 0) throw unknown(scope, name);
    const kept = await whyKept(scope, name, tx);
    if (kept !== null) throw new DomainError("conflict", kept);
    await audit(tx, scope, { event: "attribute_deleted", subject: name });
    return { name };
  });
}

function unknown({ ids: { applicationId } }: Writing, name: string): DomainError {
  return new DomainError("not_found", { reason: "attribute_unknown", name, applicationId });
}
