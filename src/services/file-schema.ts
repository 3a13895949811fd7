import schema from "../../schema/hunt-file.schema.json" with { type: "json" };
import type { Diagnostic } from "../source/diagnostic.js";
import { diagnostic } from "../source/diagnostic.js";
import { nearest } from "../source/nearest.js";
import type { Placed } from "./yaml-tree.js";

/** The keywords of JSON Schema that the schema of hunt files uses. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly oneOf?: readonly Schema[];
}

const root: Schema = schema;
const definitions: Readonly<Record<string, Schema>> = schema.$defs;

/** What is wrong with a hunt file by its schema, each with a place and the mending. */
export function checkSchema(value: Placed): readonly Diagnostic[] {
  return check(value, root, "the file");
}

function check(value: Placed, given: Schema, what: string): readonly Diagnostic[] {
  const { $ref } = given;
  const at = $ref === undefined ? given : definitions[$ref.replace("#/$defs/", "")];
  if (at === undefined) throw new Error(`the schema has no ${$ref}`);
  const wrong = (message: string): readonly Diagnostic[] => [
    diagnostic("hunt-file-value", {
      ...{ span: value.span, message },
      help: at === root ? "write `services:` and `scenario:`, as docs/services.md shows" : helpOf(at),
    }),
  ];
  if (at.oneOf !== undefined) {
    const fitting = at.oneOf.find(
      ({ type }) => type === typeOf(value) || (type === "integer" && typeOf(value) === "number"),
    );
    return fitting === undefined
      ? wrong(`${what} is ${named(value)}, where ${at.oneOf.map(typeName).join(" or ")} is expected`)
      : check(value, fitting, what);
  }
  if (at.type !== undefined && at.type !== typeOf(value) && !(at.type === "integer" && typeOf(value) === "number"))
    return wrong(`${what} is ${named(value)}, where ${typeName(at)} is expected`);
  if (at.enum !== undefined && !(value.kind === "scalar" && at.enum.includes(String(value.value))))
    return wrong(`${what} is ${named(value)}, and can only be ${at.enum.map((word) => `\`${word}\``).join(" or ")}`);
  switch (value.kind) {
    case "scalar":
      if (at.pattern !== undefined && !new RegExp(at.pattern).test(String(value.value)))
        return wrong(`${what} is ${named(value)}, which is not of the form that is expected`);
      if (typeof value.value === "number") {
        const { minimum = -Infinity, maximum = Infinity } = at;
        if (value.value < minimum || value.value > maximum || (at.type === "integer" && !Number.isInteger(value.value)))
          return wrong(`${what} is ${value.value}, which is outside of its range`);
      }
      return [];
    case "list":
      if (value.items.length < (at.minItems ?? 0)) return wrong(`${what} is empty`);
      return at.items === undefined
        ? []
        : value.items.flatMap((item, i) => check(item, at.items as Schema, `${what}, item ${i + 1},`));
    case "map":
      return checkMap(value, at, what);
    default: {
      const never: never = value;
      return never;
    }
  }
}

function checkMap(map: Extract<Placed, { kind: "map" }>, at: Schema, what: string): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const { properties = {}, additionalProperties = true, required = [] } = at;
  const known = Object.keys(properties);
  if (map.entries.size < (at.minProperties ?? 0))
    found.push(diagnostic("hunt-file-value", { span: map.span, message: `${what} is empty`, help: helpOf(at) }));
  for (const key of required)
    if (!map.entries.has(key))
      found.push(
        diagnostic("hunt-file-missing", {
          span: { ...map.span, end: Math.min(map.span.end, map.span.start + 1) },
          message: `${what} has no \`${key}\``,
          help: `add \`${key}:\`${properties[key]?.description === undefined ? "" : ` (${properties[key]?.description})`}`,
        }),
      );
  for (const [key, { key: span, value }] of map.entries) {
    const own = properties[key];
    if (own !== undefined) found.push(...check(value, own, `\`${key}\``));
    else if (typeof additionalProperties === "object") found.push(...check(value, additionalProperties, `\`${key}\``));
    else if (!additionalProperties) {
      const meant = nearest(key, known);
      found.push(
        diagnostic("hunt-file-key", {
          span,
          message: `${what} has no \`${key}\``,
          help:
            meant === undefined
              ? `it can have ${known.map((k) => `\`${k}\``).join(", ")}`
              : `did you mean \`${meant}\`?`,
        }),
      );
    }
  }
  return found;
}

const typeNames: Readonly<Record<string, string>> = {
  object: "a mapping (`key: value`)",
  array: "a list",
  string: "a text",
  integer: "a whole number",
  boolean: "true or false",
};

function typeName({ type = "" }: Schema): string {
  return typeNames[type] ?? type;
}

function typeOf(value: Placed): string {
  if (value.kind === "list") return "array";
  if (value.kind === "map") return "object";
  return value.value === null ? "null" : typeof value.value;
}

function named(value: Placed): string {
  if (value.kind === "scalar") {
    const { value: scalar } = value;
    if (scalar === null) return "empty";
    // The quotes of a text are what is wrong if a number or a truth value was meant.
    return typeof scalar === "string" && /^(-?[\d.]+|true|false)$/.test(scalar) ? `\`"${scalar}"\`` : `\`${scalar}\``;
  }
  return value.kind === "list" ? "a list" : "a mapping";
}

function helpOf({ description, type, enum: words }: Schema): string {
  if (description !== undefined) return `write ${description}`;
  if (words !== undefined) return `write ${words.join(" or ")}`;
  return `write ${typeNames[type ?? ""] ?? "something else"}`;
}
