import type { AttributeDefinition, AttributeType, AttributeValue, AttributeValues } from "@/lib/attributes/rules";

/** What an attribute is called, on screen by its title and everywhere else by its name, and what its values are. */
export type AttributeTitle = Pick<AttributeDefinition, "name" | "title" | "type">;

/** How values are read: on whose clocks, and what attributes are called, in the order of forms. An Application says it. */
export interface Reading {
  timeZone: string;
  attributes: readonly AttributeTitle[];
}

/** An attribute's name on screen: its title, or the name itself where it has none or is not defined any more. */
export function attributeTitle(attributes: readonly AttributeTitle[], name: string): string {
  return attributes.find((one) => one.name === name)?.title || name;
}

/** What the values of an attribute are; undefined where it is not defined any more. */
export function attributeType(attributes: readonly AttributeTitle[], name: string): AttributeType | undefined {
  return attributes.find((one) => one.name === name)?.type;
}

/** A code's attributes in the order of their definitions; those whose definition is gone come last. */
export function inOrder(values: AttributeValues, attributes: readonly AttributeTitle[]): [string, AttributeValue][] {
  const names = new Set([...attributes.map(({ name }) => name), ...Object.keys(values)]);
  return [...names].flatMap((name) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return value === undefined ? [] : [[name, value] as [string, AttributeValue]];
  });
}
