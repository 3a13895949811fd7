import { parseText } from "../../src/syntax/parser.js";
import type { ReferenceFact } from "./facts.js";
import { factsOf } from "./facts.js";
import type { InputLine } from "./inputs.js";
import type { ReferencePromise } from "./specification.js";

/** The `//!` lines that have meaning, of faults.md ("What is durable" to "Inputs"). */
export interface Directives {
  readonly durable: readonly string[];
  readonly forgets: readonly string[];
  readonly observer: readonly string[];
  readonly everywhere: readonly string[];
  readonly inputs: readonly InputLine[];
  /** Of real-size.md, "Several promises". */
  readonly promises: readonly ReferencePromise[];
  /** Of real-size.md, "Reach". */
  readonly reaches: readonly ReferenceReach[];
}

/** "Constants and `_` only", which is null here; a name alone has no columns. */
export interface ReferenceReach {
  readonly text: string;
  readonly relation: string;
  readonly columns: readonly (number | string | null)[] | undefined;
  /** "Keys of the budget": of these programs `eot` and `crashes`. */
  readonly bounds: Readonly<Record<string, number>>;
}

/** A string with its quotes; what stands in it is part of it. */
const string = /"(?:\\["\\]|[^"])*"/.source;

/** Reads them from the text of a program. `//! check` and `//! run` lines are none of them. */
export function readDirectives(text: string): Directives {
  const names: Record<string, string[]> = { durable: [], forgets: [], observer: [], everywhere: [] };
  const inputs: InputLine[] = [];
  const promises: ReferencePromise[] = [];
  const reaches: ReferenceReach[] = [];
  for (const comment of lineComments(text)) {
    const [, kind = "", rest = ""] = /^!\s*([a-z-]+)\s+(.*)$/.exec(comment) ?? [];
    // "names relations …; the line may occur several times"
    names[kind]?.push(...rest.split(",").map((name) => name.trim()));
    // "In facts, and in `maybe` lines (one line each) and `one-of` alternatives (in order)."
    if (kind === "maybe") inputs.push(...readFacts(rest).map((fact) => ({ kind, fact }) as const));
    if (kind === "promise") promises.push(readPromise(rest));
    if (kind === "reach") reaches.push(readReach(rest));
    if (kind === "one-of") inputs.push({ kind, alternatives: alternatives(rest).flatMap(readFacts) });
  }
  const { durable = [], forgets = [], observer = [], everywhere = [] } = names;
  return { durable, forgets, observer, everywhere, inputs, promises, reaches };
}

function readReach(text: string): ReferenceReach {
  const [, pattern = "", relation = "", args, rest = ""] = /^((\w+)(?:\((.*)\))?)((?: [a-z]+=\d+)*)$/.exec(text) ?? [];
  const columns = args?.split(", ").map((arg) => (arg === "_" ? null : (JSON.parse(arg) as number | string)));
  const bounds = [...rest.matchAll(/([a-z]+)=(\d+)/g)].map(([, key, least]) => [key, Number(least)] as const);
  return { text: pattern, relation, columns, bounds: Object.fromEntries(bounds) };
}

function readPromise(text: string): ReferencePromise {
  const [name = "", ...fields] = text.split(/\s+/);
  return { name, ...Object.fromEntries(fields.map((field) => field.split("="))) };
}

/** What follows `//` in each line comment: "the lines stand wherever a `//` comment may". */
function lineComments(text: string): readonly string[] {
  const tokens = new RegExp(`${string}|/\\*[^]*?\\*/|//([^\\n\\r]*)`, "g");
  return [...text.matchAll(tokens)].flatMap(([, comment]) => (comment === undefined ? [] : [comment.trimEnd()]));
}

/** "`|` in a string is part of it." */
function alternatives(text: string): readonly string[] {
  return text.match(new RegExp(`(?:${string}|[^|"])+`, "g")) ?? [];
}

function readFacts(text: string): readonly ReferenceFact[] {
  const { tree, diagnostics } = parseText({ path: "directive", text: `${text};` });
  const [statement, ...others] = tree.statements;
  if (statement?.kind !== "fact" || others.length + diagnostics.length > 0) throw new Error(`not a fact: ${text}`);
  return factsOf(statement);
}
