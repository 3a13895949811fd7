import { formatName } from "../source/names.js";
import { quoteString } from "../source/strings.js";

/* The required forms of option values, which only TypeScript checks for its callers. */

export interface Shape {
  /** In words, as in "and has to be …". */
  readonly words: string;
  readonly accepts: (value: unknown) => boolean;
}

export function integerFrom(least: number): Shape {
  return {
    words: least === Number.MIN_SAFE_INTEGER ? "an integer" : `an integer of at least ${least}`,
    accepts: (value) => Number.isSafeInteger(value) && Number(value) >= least,
  };
}

/** Infinity stands for no bound. */
export function integerOrInfinity(least: number): Shape {
  const integer = integerFrom(least);
  return {
    words: `${integer.words}, or Infinity`,
    accepts: (value) => value === Number.POSITIVE_INFINITY || integer.accepts(value),
  };
}

export const seconds: Shape = {
  words: "a number of at least 0",
  accepts: (value) => typeof value === "number" && value >= 0,
};

export const text: Shape = { words: "a string", accepts: (value) => typeof value === "string" };

export const texts: Shape = {
  words: "an array of strings",
  accepts: (value) => Array.isArray(value) && value.every((item) => typeof item === "string"),
};

export const someTexts: Shape = {
  words: "a string, or an array with at least one",
  accepts: (value) => Array.isArray(value) && value.length > 0 && texts.accepts(value),
};

export const flag: Shape = { words: "true or false", accepts: (value) => typeof value === "boolean" };

export const callable: Shape = { words: "a function", accepts: (value) => typeof value === "function" };

export function oneOf(words: readonly string[]): Shape {
  const quoted = words.map(quoteString);
  return {
    words: `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1) ?? ""}`,
    accepts: (value) => typeof value === "string" && words.includes(value),
  };
}

/** An object with these methods or properties. */
export function objectWith(kind: string, ...properties: readonly string[]): Shape {
  return {
    words: `${kind}, with ${properties.map((name) => `\`${name}\``).join(", ")}`,
    accepts: (value) =>
      typeof value === "object" && value !== null && properties.every((property) => Reflect.has(value, property)),
  };
}

export const list: Shape = { words: "an array", accepts: (value) => Array.isArray(value) };

/** A value in a message, short and on one line. */
export function shown(value: unknown): string {
  switch (typeof value) {
    case "string":
      return quoteString(value.length > 40 ? `${value.slice(0, 40)}…` : value);
    case "number":
    case "boolean":
    case "undefined":
      return String(value);
    case "bigint":
      return `the bigint ${value}`;
    case "function":
      return "a function";
    case "symbol":
      return "a symbol";
    case "object":
      if (value === null) return "null";
      return Array.isArray(value) ? (value.length === 0 ? "an empty array" : "an array") : "an object";
  }
}

/** The name of an option in a message. */
export function optionName(name: string): string {
  return `\`${formatName(name)}\``;
}
