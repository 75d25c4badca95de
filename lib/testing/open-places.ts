/** Objects of a schema that take fields they do not name, by their places; none where what is unknown is refused. */
export function openPlaces(schema: unknown, place = ""): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const inner = Object.entries(schema).flatMap(([key, one]) => openPlaces(one, `${place}/${key}`));
  const isOpen = "properties" in schema && !("additionalProperties" in schema);
  return isOpen ? [place || "/", ...inner] : inner;
}
