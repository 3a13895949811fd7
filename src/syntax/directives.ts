import { boundRows } from "../faults/bounds.js";
import { faultWords, notations } from "../faults/notation.js";
import type { Diagnostic } from "../source/diagnostic.js";
import { Diagnostics } from "../source/diagnostic.js";
import type { Span } from "../source/source.js";
import type { Field } from "./directive-fields.js";
import { scanFields } from "./directive-fields.js";
import type { Complain } from "./directive-values.js";
import * as values from "./directive-values.js";
import type { Expectation } from "./expectation.js";
import type { Comment, SyntaxTree } from "./tree.js";

export type {
  CheckExpectation,
  Expectation,
  ExpectedOutcome,
  RunExpectation,
} from "./expectation.js";

const COMMON_KEYS = ["eot", "nodes", "pre", "post", "with", "expect", "name"];
const KEYS = {
  check: [...COMMON_KEYS, "eff", ...boundRows.map(({ key }) => key), "spare", "faults"],
  run: [...COMMON_KEYS, ...faultWords],
} as const;
const REPEATABLE = [...faultWords, "with"];

export interface DirectivesResult {
  /** In the order of the text; a line about which there is a complaint is absent. */
  readonly expectations: readonly Expectation[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the expectations of a file: its comments that start with `//!`. Such a line that does not parse is an error. */
export function parseDirectives(tree: SyntaxTree): DirectivesResult {
  const diagnostics = new Diagnostics();
  const expectations: Expectation[] = [];
  for (const comment of tree.comments) {
    if (!comment.text.startsWith("//!")) continue;
    const before = diagnostics.all.length;
    const isClean = (): boolean => diagnostics.all.length === before;
    const expectation = parseDirective(comment, isClean, (span, message, help) =>
      diagnostics.report("bad-expectation", { span, message, help }),
    );
    if (expectation !== undefined && isClean()) expectations.push(expectation);
  }
  return {
    expectations,
    diagnostics: [...diagnostics.all].sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0)),
  };
}

function parseDirective({ text, span }: Comment, isClean: () => boolean, complain: Complain): Expectation | undefined {
  const start = /^\/\/!\s*(\S*)/.exec(text);
  const kind = start?.[1] ?? "";
  const line: Span = { ...span, end: span.start + text.trimEnd().length };
  if (kind !== "check" && kind !== "run") {
    complain(
      line,
      kind === "" ? "a `//!` line says what to check" : `\`${kind}\` is no kind of expectation`,
      "write `//! check …` or `//! run …`; a comment for people starts with `//` alone",
    );
    return undefined;
  }
  const fields = new Map<string, Field[]>();
  for (const field of scanFields(span.file, span.start + (start?.[0].length ?? 0), line.end, complain)) {
    const { text: key } = field.key;
    const list = fields.get(key);
    if (!KEYS[kind].includes(key)) values.unknownKey(kind, field, KEYS[kind], complain);
    else if (list === undefined) fields.set(key, [field]);
    else if (REPEATABLE.includes(key)) list.push(field);
    else complain(field.key.span, `\`${key}\` is given twice`, "keep one of them");
  }
  return new Reader(line, fields, isClean, complain).read(kind);
}

/** Turns the fields of one line into an expectation. Complains of each field that has no sense, and reads on. */
class Reader {
  constructor(
    private readonly span: Span,
    private readonly fields: ReadonlyMap<string, readonly Field[]>,
    private readonly isClean: () => boolean,
    private readonly complain: Complain,
  ) {}

  /** What it returns counts only if there was no complaint. */
  read(kind: "check" | "run"): Expectation {
    const outcome = this.one("expect", values.outcome);
    if (this.fields.get("expect") === undefined && this.isClean()) {
      this.complain(this.span, "this line does not say what to expect", "add `expect=holds` or `expect=violated`");
    }
    const common = {
      expect: outcome ?? "holds",
      ...this.optional("eot", this.one("eot", values.integerFrom(1))),
      ...this.optional("nodes", this.one("nodes", values.nodes)),
      ...this.optional("pre", this.one("pre", values.relation)),
      ...this.optional("post", this.one("post", values.relation)),
      ...this.optional("name", this.one("name", values.text)),
      with: this.many("with", values.paths).flat(),
      span: this.span,
      spans: new Map([...this.fields].map(([key, [first]]) => [key, first?.span ?? this.span])),
    };
    if (kind === "run") {
      const schedule = notations.flatMap((notation) => this.many(notation.word, values.fault(notation)));
      return { kind, ...common, schedule };
    }
    const faults = this.one("faults", values.integerFrom(0));
    const faultsField = this.fields.get("faults")?.[0];
    if (faultsField !== undefined && outcome !== undefined && outcome !== "violated") {
      this.complain(
        faultsField.span,
        "`faults` is the size of a counterexample, and none is expected",
        "remove it, or write `expect=violated`",
      );
    }
    return {
      kind,
      ...common,
      ...this.optional("eff", this.one("eff", values.integerFrom(0))),
      ...Object.fromEntries(
        boundRows.flatMap((row) => {
          const bound = this.one(row.key, values.bound(row));
          return bound === undefined ? [] : [[row.bound, bound]];
        }),
      ),
      ...this.optional("spare", this.one("spare", values.nodes)),
      ...this.optional("faults", faults),
    };
  }

  private one<T>(key: string, parse: values.Parse<T>): T | undefined {
    return this.many(key, parse)[0];
  }

  private many<T>(key: string, parse: values.Parse<T>): readonly T[] {
    return (this.fields.get(key) ?? []).flatMap((field) => {
      const value = parse(field, this.complain);
      return value === undefined ? [] : [value];
    });
  }

  private optional<K extends string, T>(key: K, value: T | undefined): { readonly [P in K]?: T } {
    return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: T });
  }
}
