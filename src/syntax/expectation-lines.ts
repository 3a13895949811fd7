import { offeredBounds } from "../faults/bounds.js";
import { offeredNotations } from "../faults/notation.js";
import { nearest } from "../source/nearest.js";
import type { Field } from "./directive-fields.js";
import { scanFields } from "./directive-fields.js";
import type { Line, Read } from "./directive-line.js";
import * as values from "./directive-values.js";
import type { CheckExpectation, ExpectedOutcome, RunExpectation } from "./expectation.js";

const faultWords: readonly string[] = offeredNotations.map(({ word }) => word);
const commonKeys: readonly string[] = ["eot", "nodes", "pre", "post", "with", "expect", "name"];
/** The keys that one sort of expectation has and the other has not. */
const ownKeys: Readonly<Record<"check" | "run", readonly string[]>> = {
  check: ["eff", ...offeredBounds.map(({ key }) => key), "faults"],
  run: faultWords,
};
/** Every key of a sort of expectation. Those that are options of the command of the same name too mean the same there. */
export function keysOf(sort: "check" | "run"): readonly string[] {
  return [...commonKeys, ...ownKeys[sort]];
}

const repeatable: readonly string[] = [...faultWords, "with"];

export const readCheck: Read<CheckExpectation> = (line) => {
  const fields = new Fields("check", line);
  const outcome = expectedOutcome(fields, line);
  const common = commonOf(fields, outcome, line);
  const faults = fields.one("faults", values.integerFrom(0));
  const faultsField = fields.first("faults");
  if (faultsField !== undefined && outcome !== undefined && outcome !== "violated") {
    line.complain(
      faultsField.span,
      "`faults` is the size of a counterexample, and none is expected",
      "remove it, or write `expect=violated`",
    );
  }
  return {
    kind: "check",
    ...common,
    ...optional("eff", fields.one("eff", values.integerFrom(0))),
    ...Object.fromEntries(
      offeredBounds.flatMap((row) => {
        const bound = fields.one(row.key, values.bound(row));
        return bound === undefined ? [] : [[row.bound, bound]];
      }),
    ),
    ...optional("faults", faults),
  };
};

export const readRun: Read<RunExpectation> = (line) => {
  const fields = new Fields("run", line);
  const common = commonOf(fields, expectedOutcome(fields, line), line);
  const schedule = offeredNotations.flatMap((notation) => fields.many(notation.word, values.fault(notation)));
  return { kind: "run", ...common, schedule };
};

function expectedOutcome(fields: Fields, line: Line): ExpectedOutcome | undefined {
  if (fields.first("expect") === undefined && line.isClean()) {
    line.complain(line.span, "this line does not say what to expect", "add `expect=holds` or `expect=violated`");
  }
  return fields.one("expect", values.outcome);
}

function commonOf(fields: Fields, outcome: ExpectedOutcome | undefined, { span }: Line) {
  return {
    expect: outcome ?? "holds",
    ...optional("eot", fields.one("eot", values.integerFrom(1))),
    ...optional("nodes", fields.one("nodes", values.nodes)),
    ...optional("pre", fields.one("pre", values.relation)),
    ...optional("post", fields.one("post", values.relation)),
    ...optional("name", fields.one("name", values.text)),
    with: fields.many("with", values.paths).flat(),
    span,
    spans: fields.spans(),
  };
}

/** The fields of one line, by key. Complains of keys that the sort of line does not have, and of values without sense. */
class Fields {
  private readonly byKey = new Map<string, Field[]>();

  constructor(
    private readonly sort: "check" | "run",
    private readonly line: Line,
  ) {
    const known = keysOf(sort);
    for (const field of scanFields(line.span.file, line.start, line.span.end, line.complain)) {
      const { text: key, span } = field.key;
      const list = this.byKey.get(key);
      if (!known.includes(key)) this.unknown(field, known);
      else if (list === undefined) this.byKey.set(key, [field]);
      else if (repeatable.includes(key)) list.push(field);
      else line.complain(span, `\`${key}\` is given twice`, "keep one of them");
    }
  }

  first(key: string): Field | undefined {
    return this.byKey.get(key)?.[0];
  }

  one<T>(key: string, parse: values.Parse<T>): T | undefined {
    return this.many(key, parse)[0];
  }

  many<T>(key: string, parse: values.Parse<T>): readonly T[] {
    return (this.byKey.get(key) ?? []).flatMap((field) => {
      const value = parse(field, this.line.complain);
      return value === undefined ? [] : [value];
    });
  }

  /** Where each key first stands, with its value. */
  spans(): ReadonlyMap<string, Field["span"]> {
    return new Map(
      [...this.byKey].flatMap(([key, [first]]) => (first === undefined ? [] : [[key, first.span] as const])),
    );
  }

  private unknown({ key }: Field, known: readonly string[]): void {
    const { sort, line } = this;
    const other = sort === "check" ? "run" : "check";
    const meant = nearest(key.text, known);
    line.complain(
      key.span,
      ownKeys[other].includes(key.text)
        ? `\`${key.text}\` belongs to \`//! ${other}\`, not to \`//! ${sort}\``
        : `\`${key.text}\` is no parameter`,
      meant !== undefined ? `did you mean \`${meant}\`?` : `the parameters of \`//! ${sort}\` are ${known.join(", ")}`,
    );
  }
}

function optional<K extends string, T>(key: K, value: T | undefined): { readonly [P in K]?: T } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: T });
}
