/* The types of a JSON schema, of the constructs that the schemas of this repository use, as TypeScript. */

export interface Schema {
  readonly $ref?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/** One interface for the document and one for each definition, all in a namespace `Schema`. */
export function typesOf(schema: Schema): string {
  const definitions = Object.entries(schema.$defs ?? {}).map(
    ([name, definition]) => `export type ${name} = ${typeOf(definition)};`,
  );
  return ["export namespace Schema {", ...definitions, `export type document = ${typeOf(schema)};`, "}"].join("\n");
}

function typeOf(schema: Schema): string {
  const { $ref, oneOf, anyOf, items, properties, additionalProperties, required = [] } = schema;
  if ($ref !== undefined) return $ref.slice($ref.lastIndexOf("/") + 1);
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const alternatives = oneOf ?? anyOf;
  if (alternatives !== undefined) return alternatives.map((alternative) => `(${typeOf(alternative)})`).join(" | ");
  if (Array.isArray(schema.type)) return schema.type.map(simple).join(" | ");
  switch (schema.type) {
    case "array":
      return `readonly (${items === undefined ? "(number | string)" : typeOf(items)})[]`;
    case "object": {
      const fields = Object.entries(properties ?? {}).map(
        ([name, field]) => `readonly ${name}${required.includes(name) ? "" : "?"}: ${typeOf(field)};`,
      );
      // Of phases only the total is required.
      const named = required
        .filter((name) => properties?.[name] === undefined)
        .map((name) => `readonly ${name}: number;`);
      const others =
        additionalProperties === undefined ? [] : [`readonly [key: string]: ${typeOf(additionalProperties)};`];
      const all = [...fields, ...named, ...others];
      return all.length === 0 ? "Readonly<Record<string, never>>" : `{ ${all.join(" ")} }`;
    }
    default:
      return simple(String(schema.type));
  }
}

function simple(type: string): string {
  if (type === "integer" || type === "number") return "number";
  if (type === "string" || type === "boolean") return type;
  throw new Error(`no type for ${type}`);
}
