import type { BoundRow } from "../faults/bounds.js";
import type { Fault } from "../faults/kinds.js";
import type { Notation } from "../faults/notation.js";
import { formatName, parseNames } from "../source/names.js";
import type { Field } from "./directive-fields.js";
import type { Complain } from "./directive-line.js";
import type { ExpectedOutcome } from "./expectation.js";

/** Reads the value of a field, or complains of it. */
export type Parse<T> = (field: Field, complain: Complain) => T | undefined;

export const outcome: Parse<ExpectedOutcome> = ({ value }, complain) => {
  switch (value.text) {
    case "holds":
    case "violated":
    case "inconclusive":
    case "error":
      return value.text;
    default:
      complain(
        value.span,
        `\`${value.text}\` is no outcome`,
        "the outcomes are `holds`, `violated`, `inconclusive` and `error`",
      );
      return undefined;
  }
};

export function integerFrom(least: number): Parse<number> {
  return ({ key, value }, complain) => {
    const parsed = integer(value.text);
    if (parsed !== undefined && parsed >= least) return parsed;
    complain(
      value.span,
      `\`${key.text}\` is a number from ${least} on, not \`${value.text}\``,
      `write for example \`${key.text}=${Math.max(least, 1)}\``,
    );
    return undefined;
  };
}

/** The bound of a kind of fault: a number, or `any` where there may be no bound. */
export function bound({ least, canBeAny }: BoundRow): Parse<number> {
  const number = integerFrom(least);
  return (field, complain) =>
    canBeAny && field.value.text === "any" ? Number.POSITIVE_INFINITY : number(field, complain);
}

export const text: Parse<string> = ({ key, value }, complain) => {
  if (value.text !== "") return value.text;
  complain(value.span, `the value of \`${key.text}\` is empty`, "remove it, or give it a value");
  return undefined;
};

const quotingHelp = 'an odd name is quoted within the quotes of the value: `nodes="a,\\"b, c\\""`';

/** Bare, several are separated by commas; in quotes, one path, whatever it holds. */
export const paths: Parse<readonly string[]> = (field, complain) => {
  const list = field.quoted ? [field.value.text] : field.value.text.split(",");
  if (!list.includes("")) return list;
  complain(field.value.span, "a file without a name", "write `with=a.ded,b.ded`, or `with=` for each file");
  return undefined;
};

export const relation: Parse<string> = ({ key, value }, complain) => {
  if (/^[a-z][A-Za-z0-9_]*$/.test(value.text)) return value.text;
  complain(
    value.span,
    `\`${key.text}\` names a relation, and \`${value.text}\` is no relation name`,
    "relation names start with a lower-case letter",
  );
  return undefined;
};

export const nodes: Parse<readonly string[]> = ({ value }, complain) => {
  const parsed = parseNames(value.text);
  if (parsed.kind === "empty") {
    complain(value.span, "a node without a name", "write the names with one comma between them: `nodes=a,b,c`");
    return undefined;
  }
  if (parsed.kind === "malformed") {
    complain(value.span, `\`${value.text}\` is no list of nodes`, quotingHelp);
    return undefined;
  }
  const { names } = parsed;
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice === undefined) return names;
  complain(value.span, `node \`${formatName(twice)}\` is named twice`, "remove one of them");
  return undefined;
};

/** Reads a fault, as its notation has it between the parentheses: `omit=a,b,1`. */
export function fault({ read, word, noun, parts, example }: Notation): Parse<Fault> {
  return ({ value }, complain) => {
    const reading = read(value.text);
    switch (reading.kind) {
      case "fault":
        return reading.fault;
      case "malformed":
      case "no-names": {
        const what = noun.replace(/^an? /, "");
        complain(value.span, `\`${value.text}\` is no ${what}`, `${noun} is ${parts}: \`${word}=${example}\``);
        return undefined;
      }
      case "impossible":
        complain(value.span, reading.problem, reading.help);
        return undefined;
      default: {
        const never: never = reading;
        return never;
      }
    }
  };
}

function integer(digits: string): number | undefined {
  const value = /^-?[0-9]+$/.test(digits) ? Number(digits) : undefined;
  return Number.isSafeInteger(value) ? value : undefined;
}
