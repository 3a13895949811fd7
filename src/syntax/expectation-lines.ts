import { boundRows } from "../faults/bounds.js";
import { notations } from "../faults/notation.js";
import { replacing } from "../source/fixes.js";
import { nearest } from "../source/nearest.js";
import type { Field } from "./directive-fields.js";
import { scanFields } from "./directive-fields.js";
import type { Line, LineReader } from "./directive-line.js";
import * as values from "./directive-values.js";
import type { CheckExpectation, ExpectedOutcome, RunExpectation } from "./expectation.js";

/** What may be given several times: the faults of a schedule, and its inputs. */
const faultWords: readonly string[] = [...notations.map(({ word }) => word), "input"];
const commonKeys: readonly string[] = [
  "eot",
  "nodes",
  "pre",
  "post",
  "never",
  "promise",
  "with",
  "expect",
  "vacuous",
  "name",
];
/** The keys that only one kind of expectation has. */
const ownKeys: Readonly<Record<"check" | "run", readonly string[]>> = {
  check: ["eff", ...boundRows.map(({ key }) => key), "spare", "faults"],
  run: faultWords,
};

/** Every key of a kind of expectation. A key that is also an option of the command of the same name means the same. */
export function keysOf(kind: "check" | "run"): readonly string[] {
  return [...commonKeys, ...ownKeys[kind]];
}

const repeatable: readonly string[] = [...faultWords, "with"];

export const readCheck: LineReader<CheckExpectation> = (line) => {
  const fields = new Fields("check", line);
  const outcome = expectedOutcome(fields, line);
  const common = commonOf(fields, outcome, line);
  const faults = fields.one("faults", values.integerFrom(0));
  const faultsField = fields.first("faults");
  if (faultsField !== undefined && outcome !== undefined && outcome !== "violated") {
    line.report(
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
      boundRows.flatMap((row) => {
        const bound = fields.one(row.key, values.bound(row));
        return bound === undefined ? [] : [[row.bound, bound]];
      }),
    ),
    ...optional("spare", fields.one("spare", values.nodes)),
    ...optional("faults", faults),
  };
};

export const readRun: LineReader<RunExpectation> = (line) => {
  const fields = new Fields("run", line);
  const common = commonOf(fields, expectedOutcome(fields, line), line);
  const schedule = notations.flatMap((notation) => fields.many(notation.word, values.fault(notation)));
  return { kind: "run", ...common, schedule, inputs: fields.many("input", values.text) };
};

function expectedOutcome(fields: Fields, line: Line): ExpectedOutcome | undefined {
  if (fields.first("expect") === undefined && line.isClean()) {
    line.report(line.span, "this line does not say what to expect", "add `expect=holds` or `expect=violated`");
  }
  return fields.one("expect", values.outcome);
}

function commonOf(fields: Fields, outcome: ExpectedOutcome | undefined, { span, report }: Line) {
  const vacuous = fields.first("vacuous");
  if (vacuous !== undefined && outcome !== undefined && outcome !== "holds")
    report(vacuous.span, "only what holds is vacuous", "remove `vacuous`, or write `expect=holds`");
  return {
    expect: outcome ?? "holds",
    ...optional("eot", fields.one("eot", values.integerFrom(1))),
    ...optional("nodes", fields.one("nodes", values.nodes)),
    ...optional("pre", fields.one("pre", values.relation)),
    ...optional("post", fields.one("post", values.relation)),
    ...optional("never", fields.one("never", values.relation)),
    ...optional("promise", fields.one("promise", values.promises)),
    ...optional("name", fields.one("name", values.text)),
    ...optional("vacuous", fields.one("vacuous", values.yes)),
    with: fields.many("with", values.paths).flat(),
    span,
    spans: fields.spans(),
  };
}

/** The fields of one line, by key. Reports keys that this kind of line does not have, and values that do not parse. */
class Fields {
  private readonly byKey = new Map<string, Field[]>();

  constructor(
    private readonly kind: "check" | "run",
    private readonly line: Line,
  ) {
    const known = keysOf(kind);
    for (const field of scanFields(line.span.file, line.start, line.span.end, line.report)) {
      const { text: key, span } = field.key;
      const list = this.byKey.get(key);
      if (!known.includes(key)) this.unknown(field, known);
      else if (list === undefined) this.byKey.set(key, [field]);
      else if (repeatable.includes(key)) list.push(field);
      else line.report(span, `\`${key}\` is given twice`, "keep one of them");
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
      const value = parse(field, this.line.report);
      return value === undefined ? [] : [value];
    });
  }

  /** The span of the first field with each key. */
  spans(): ReadonlyMap<string, Field["span"]> {
    return new Map(
      [...this.byKey].flatMap(([key, [first]]) => (first === undefined ? [] : [[key, first.span] as const])),
    );
  }

  private unknown({ key }: Field, known: readonly string[]): void {
    const { kind, line } = this;
    const other = kind === "check" ? "run" : "check";
    const meant = nearest(key.text, known);
    line.report(
      key.span,
      ownKeys[other].includes(key.text)
        ? `\`${key.text}\` belongs to \`//! ${other}\`, not to \`//! ${kind}\``
        : `\`${key.text}\` is not a parameter of \`//! ${kind}\``,
      meant !== undefined ? `did you mean \`${meant}\`?` : `the parameters of \`//! ${kind}\` are ${known.join(", ")}`,
      meant === undefined ? undefined : replacing(key.span, meant, `Write \`${meant}\``, "doubtful"),
    );
  }
}

function optional<K extends string, T>(key: K, value: T | undefined): { readonly [P in K]?: T } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: T });
}
