import type { BoundRow } from "../faults/bounds.js";
import type { Fault } from "../faults/kinds.js";
import type { Notation } from "../faults/notation.js";
import { formatName, parseNodes } from "../source/names.js";
import type { Field } from "./directive-fields.js";
import type { ReportError } from "./directive-line.js";
import type { ExpectedOutcome } from "./expectation.js";

/** Parses the value of a field, or reports an error and returns `undefined`. */
export type Parse<T> = (field: Field, report: ReportError) => T | undefined;

export const outcome: Parse<ExpectedOutcome> = ({ value }, report) => {
  switch (value.text) {
    case "holds":
    case "violated":
    case "inconclusive":
    case "error":
      return value.text;
    default:
      report(
        value.span,
        `\`${value.text}\` is not an outcome`,
        "the outcomes are `holds`, `violated`, `inconclusive` and `error`",
      );
      return undefined;
  }
};

export const yes: Parse<true> = ({ key, value }, report) => {
  if (value.text === "yes") return true;
  report(value.span, `\`${key.text}\` is \`yes\` or not given`, `write \`${key.text}=yes\`, or remove it`);
  return undefined;
};

export function integerFrom(least: number): Parse<number> {
  return ({ key, value }, report) => {
    const parsed = integer(value.text);
    if (parsed !== undefined && parsed >= least) return parsed;
    report(
      value.span,
      `\`${key.text}\` must be an integer of at least ${least}, and is \`${value.text}\``,
      `write for example \`${key.text}=${Math.max(least, 1)}\``,
    );
    return undefined;
  };
}

/** The bound of a kind of fault: a number, or `any` if the kind can be unbounded. */
export function bound({ least, canBeAny }: BoundRow): Parse<number> {
  const number = integerFrom(least);
  return (field, report) => (canBeAny && field.value.text === "any" ? Number.POSITIVE_INFINITY : number(field, report));
}

export const text: Parse<string> = ({ key, value }, report) => {
  if (value.text !== "") return value.text;
  report(value.span, `the value of \`${key.text}\` is empty`, "remove it, or give it a value");
  return undefined;
};

const quotingHelp =
  'write `nodes=a,b`, or a range: `nodes=n1..n5`; quote a name with special characters inside the quotes of the value: `nodes="a,\\"b, c\\""`';

/** Unquoted: paths separated by commas. Quoted: one path. */
export const paths: Parse<readonly string[]> = (field, report) => {
  const list = field.quoted ? [field.value.text] : field.value.text.split(",");
  if (!list.includes("")) return list;
  report(field.value.span, "the name of a file is missing", "write `with=a.ded,b.ded`, or `with=` for each file");
  return undefined;
};

export const relation: Parse<string> = ({ key, value }, report) => {
  if (/^[a-z][A-Za-z0-9_]*$/.test(value.text)) return value.text;
  report(
    value.span,
    `\`${key.text}\` takes a relation, and \`${value.text}\` is not a relation name`,
    "relation names start with a lower-case letter",
  );
  return undefined;
};

export const nodes: Parse<readonly string[]> = ({ value }, report) => {
  const parsed = parseNodes(value.text);
  if (parsed.kind === "empty") {
    report(value.span, "the name of a node is missing", "write the names with one comma between them: `nodes=a,b,c`");
    return undefined;
  }
  if (parsed.kind === "malformed") {
    report(value.span, `\`${value.text}\` is not a list of nodes`, quotingHelp);
    return undefined;
  }
  const { names } = parsed;
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice === undefined) return names;
  report(value.span, `node \`${formatName(twice)}\` is named twice`, "remove one of them");
  return undefined;
};

/** Whether a text can be the name of a promise. */
export function isPromiseName(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_-]*$/.test(text);
}

/** Names of promises, separated by commas. */
export const promises: Parse<readonly string[]> = ({ value }, report) => {
  const list = value.text.split(",");
  const wrong = list.find((name) => !isPromiseName(name));
  if (wrong === undefined) return list;
  report(
    value.span,
    wrong === "" ? "the name of a promise is missing" : `\`${wrong}\` is not the name of a promise`,
    "write the names with one comma between them: `promise=kept,safe`",
  );
  return undefined;
};

/** Parses a fault in the notation between the parentheses: `omit=a,b,1`. */
export function fault({ parse, word, noun, parts, example }: Notation): Parse<Fault> {
  return ({ value }, report) => {
    const parsed = parse(value.text);
    switch (parsed.kind) {
      case "fault":
        return parsed.fault;
      case "malformed":
      case "no-names": {
        report(value.span, `\`${value.text}\` is not ${noun}`, `write ${parts}: \`${word}=${example}\``);
        return undefined;
      }
      case "impossible":
        report(value.span, parsed.problem, parsed.help);
        return undefined;
      default: {
        const never: never = parsed;
        return never;
      }
    }
  };
}

function integer(digits: string): number | undefined {
  const value = /^-?[0-9]+$/.test(digits) ? Number(digits) : undefined;
  return Number.isSafeInteger(value) ? value : undefined;
}
