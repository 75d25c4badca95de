import { type CodeFieldName, codeFieldNames, codeFields } from "@/lib/codes/fields";
import { Prisma } from "@/lib/db";

const { sql, raw, join } = Prisma;

/** A field's column of a referral, which SQL knows by the name `of`. */
export function columnOf(field: CodeFieldName, of: Prisma.Sql): Prisma.Sql {
  return sql`${of}.${raw(codeFields[field].column)}`;
}

/**
 * What the log holds of a referral's fields, as one JSON object: attributes by `attributes.<name>`, where they are set.
 * Their object is put together as text, because `jsonb_object_agg` takes 10 µs for each value inside a value.
 */
export function recordedFields(of: Prisma.Sql): Prisma.Sql {
  const fields = codeFieldNames.map((field) => sql`${raw(`'${field}'`)}, ${columnOf(field, of)}`);
  return sql`(jsonb_build_object(${join(fields)}) || CASE WHEN ${of}.attributes = '{}' THEN '{}'::jsonb ELSE (
    SELECT ('{' || string_agg(to_json('attributes.' || key)::text || ':' || value::text, ',') || '}')::jsonb
    FROM jsonb_each(${of}.attributes)) END)`;
}

/** What a referral holds in the field that `field` names, as the log has it: JSON null where it is not set. */
export function recordedValue(of: Prisma.Sql, field: Prisma.Sql): Prisma.Sql {
  const cases = codeFieldNames.map((name) => sql`WHEN ${raw(`'${name}'`)} THEN to_jsonb(${columnOf(name, of)})`);
  return sql`coalesce(CASE ${field} ${join(cases, " ")} ELSE ${of}.attributes -> substr(${field}, 12) END, 'null')`;
}

/** What a field will hold once `fields`, an object of the log, is written: what that says of it, else what the referral holds. */
export function valueAfter(field: CodeFieldName, fields: Prisma.Sql, of: Prisma.Sql): Prisma.Sql {
  const { type } = codeFields[field];
  const name = raw(`'${field}'`);
  return sql`CASE WHEN ${fields} ? ${name} THEN (${fields} ->> ${name})::${raw(type)} ELSE ${columnOf(field, of)} END`;
}

/**
 * The SET of an UPDATE of `referral r` that writes `fields`, an object of the log.
 * @param written the columns that are touched at all; a column that is not named is not written anew
 */
export function assignments(written: readonly string[], fields: Prisma.Sql): Prisma.Sql {
  const of = sql`r`;
  const set = codeFieldNames
    .filter((field) => written.includes(codeFields[field].column))
    .map((field) => sql`${raw(codeFields[field].column)} = ${valueAfter(field, fields, of)}`);
  if (written.includes("attributes")) set.push(sql`attributes = attributes_after(r.attributes, ${fields})`);
  return join(set);
}

/** The column that the field of the log named `field` is written to. */
export function writtenColumn(field: Prisma.Sql): Prisma.Sql {
  const cases = codeFieldNames.map((name) => sql`WHEN ${raw(`'${name}'`)} THEN ${raw(`'${codeFields[name].column}'`)}`);
  return sql`CASE ${field} ${join(cases, " ")} ELSE 'attributes' END`;
}
