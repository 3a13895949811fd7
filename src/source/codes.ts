export type Severity = "error" | "warning";

/**
 * Where a diagnostic comes from. `text`: an error in the program text, for which the program is rejected; `lint`: advice about the
 * text; `files`: reading files; `options`: the parameters of a check; `run`: evaluation; `adequacy`: a verdict that may
 * mean less than it seems to; `hunt`: a hunt file.
 */
export type CodeOrigin = "text" | "lint" | "files" | "options" | "run" | "adequacy" | "hunt";

export interface CodeEntry {
  readonly severity: Severity;
  readonly origin: CodeOrigin;
  /** One line for the reference page. */
  readonly meaning: string;
  /** Whether `--strict` counts it: a `holds` with such a warning fails. */
  readonly strict?: true;
  /** Whether it most likely points at a slip, such as a misspelt name; `--quiet` prints it too. */
  readonly likelyTypo?: true;
}

function error<O extends CodeOrigin>(origin: O, meaning: string) {
  return { severity: "error", origin, meaning } as const;
}

function warning<O extends CodeOrigin>(origin: O, meaning: string) {
  return { severity: "warning", origin, meaning } as const;
}

function counted<O extends CodeOrigin>(origin: O, meaning: string) {
  return { ...warning(origin, meaning), strict: true } as const;
}

function likelyTypo<O extends CodeOrigin>(origin: O, meaning: string) {
  return { ...warning(origin, meaning), likelyTypo: true } as const;
}

/** Every code. The names are stable: scripts and suppressions refer to them. */
export const diagnosticCodes = {
  // Characters and grammar.
  syntax: error("text", "the text does not follow the grammar"),
  "unexpected-character": error("text", "a character that is part of no token"),
  "unclosed-string": error("text", "a string without its closing quote"),
  "unclosed-comment": error("text", "a comment `/*` without its `*/`"),
  "integer-out-of-range": error("text", "an integer beyond ±9007199254740991"),
  "missing-semicolon": error("text", "a statement without its closing `;`"),
  "unquoted-constant": error("text", "a lower-case word where a value is expected: strings are quoted"),
  "single-equals": error("text", "`=` where the comparison is spelled `==`"),
  "no-arguments": error("text", "a relation without arguments: it has at least one, its location"),
  "unknown-time": error("text", "`@` followed by something other than an instant, `next` or `async`"),
  "nesting-too-deep": error("text", "parentheses nested deeper than the tool reads"),
  "expression-too-long": error("text", "an expression of more operators than the tool reads"),
  "too-many-errors": error("text", "so many errors in one file that the rest are not reported"),

  // Statements, one at a time.
  "fact-without-time": error("text", "a fact that does not say at which instant it holds"),
  "fact-time": error("text", "`@next` or `@async` on a fact"),
  "fact-not-constant": error("text", "an argument of a fact that is not a constant"),
  "head-time": error("text", "an absolute time on the head of a rule that does not read static relations only"),
  "body-time": error("text", "`@next` or `@async` in the body of a rule"),
  "time-before-one": error("text", "an instant before the first, which is 1"),
  "range-misplaced": error("text", "a range, such as `1..3`, outside of a fact"),
  "bad-range": error("text", "a range that is empty or too large, or whose ends do not match"),
  "static-relation": error("text", "a relation that `//! everywhere` names, used as if it changed or were at a node"),
  "wildcard-in-head": error("text", "`_` in the head of a rule"),
  "unknown-aggregate": error("text", "an aggregate other than count, min, max, sum and avg"),
  "aggregate-over-wildcard": error("text", "an aggregate of `_`"),
  "aggregate-variables": error("text", "`by`, or several variables, in an aggregate that takes none"),
  "aggregate-misplaced": error("text", "an aggregate that is not a whole argument of a rule's head"),
  "no-positive-literal": error("text", "a rule whose body has no positive atom"),
  "reserved-relation": error("text", "a definition of `crash`, or any use of `clock`"),

  // Variables of a rule.
  "unbound-variable": error("text", "a variable that no positive literal binds"),
  "unbound-in-negations": error("text", "a variable that occurs only in negated literals, but in several of them"),
  "no-sender": error("text", "an `@async` rule whose location is `_` or unbound"),
  "sender-not-in-group": error("text", "an `@async` aggregate over tuples of several senders"),

  // The program as a whole.
  arity: error("text", "a relation used with different numbers of arguments"),
  "type-conflict": error("text", "a column or variable used both as integer and as string"),
  unstratifiable: error("text", "a relation that depends on its own negation or aggregate within one instant"),

  // `//!` lines that are part of the program.
  "bad-directive": error("text", "a `//!` line that is part of the program and does not parse"),
  "undefined-relation": error("text", "a `//!` line that names a relation which no fact and no rule defines"),
  "durable-and-forgets": error("text", "a relation that `//! durable` keeps over a restart and `//! forgets` does not"),
  "repeated-input": error("text", "an input that is a fact of the program as well, or is offered twice"),
  "repeated-promise": error("text", "two `//! promise` lines of one name"),
  "message-of-observer": error("text", "a message of an observer relation"),

  // Files.
  "file-missing": error("files", "a program file that does not exist"),
  "file-unreadable": error("files", "a file that exists but cannot be read"),
  "include-missing": error("files", "an included file that was not found"),

  // Parameters of a check.
  "pre-without-post": error("options", "a program that defines `pre` but not `post`"),
  "unknown-outcome": error(
    "options",
    "`--pre`, `--post` or `--never` names a relation that the program does not define",
  ),
  "unknown-promise": error("options", "`--promise` names a promise that the program does not have"),
  "outcome-arity": error("options", "`pre` and `post` have different numbers of columns"),
  "nothing-to-check": error(
    "options",
    "a program with neither `pre` and `post` nor `never` nor a relation that persists",
  ),
  "bad-expectation": error("options", "a `//!` line that does not parse"),
  "bad-option": error("options", "a parameter outside its range"),
  "eff-beyond-eot": warning("options", "EFF lies after EOT"),
  "own-restart": warning("options", "restarts are possible, and the program defines a relation `restart` itself"),
  "restarts-without-specification": warning(
    "options",
    "restarts are possible, and the relations that are checked are forgotten by them",
  ),
  "nothing-durable": warning("options", "restarts are possible, and no `//! durable` line says what survives them"),
  "witness-forgotten": counted("options", "a restart forgets the evidence of a violation"),
  "no-such-fault": warning("options", "an option for a kind of fault that cannot occur within the budget"),
  "unknown-node": likelyTypo("options", "a node that appears nowhere in the program"),

  // Evaluation.
  "division-by-zero": error("run", "a rule divides by zero"),
  "integer-overflow": error("run", "an arithmetic result beyond ±9007199254740991"),
  "too-many-tuples": error("run", "more tuples within one instant than allowed"),

  // Adequacy.
  vacuous: counted("adequacy", "nothing is promised under any schedule"),
  "vacuous-under-faults": counted("adequacy", "nothing is promised under any schedule that has a fault"),
  "out-of-reach": counted("adequacy", "no tuple of `never` is possible under any schedule"),
  unsettled: counted("adequacy", "the outcome still changes at EOT, and would settle only later"),
  "not-reached": counted("adequacy", "what a `//! reach` line names happens under no schedule"),
  "relation-never-filled": counted("adequacy", "a relation of the protocol that no schedule of the budget fills"),
  "nothing-to-lose": counted("adequacy", "no fault of the budget affects the program"),
  "kind-without-effect": counted("adequacy", "a kind of fault of the budget that does not affect the program"),
  "rule-never-fires": counted("adequacy", "a rule that no schedule of the budget makes fire"),
  "message-to-non-node": counted("adequacy", "a message from or to a place that is not a node: it is never delivered"),

  // Hunt files.
  "hunt-file-syntax": error("hunt", "a hunt file that is not YAML"),
  "hunt-file-value": error("hunt", "a value in a hunt file that is not valid"),
  "hunt-file-key": error("hunt", "an unknown key in a hunt file"),
  "hunt-file-missing": error("hunt", "a key that a hunt file needs"),
  "hunt-file-name": error("hunt", "a service in a hunt file that is not defined there"),
  "hunt-host": error("hunt", "an address in a hunt file that is neither of this machine nor named by `--allow-host`"),

  "no-trace": error("hunt", "a file without traces, or without any of the request"),

  // Lints.
  "unknown-relation": likelyTypo("lint", "a relation that is read, but that no fact and no rule defines"),
  "unread-relation": warning("lint", "a relation that nothing reads and that is not an outcome of the protocol"),
  "single-use-variable": warning("lint", "a variable that occurs only once in its rule"),
  "remote-read": counted(
    "lint",
    "a protocol rule that uses the state of another place, or writes there, without a message",
  ),
  "protocol-reads-crash": counted("lint", "a protocol rule that reads `crash` or `eot`"),
  "forgets-nothing": warning("lint", "`//! forgets` of a relation that a restart would not keep"),
  "nothing-carried": warning("lint", "`//! durable` of a relation that no `@next` rule carries to the next instant"),
  "independent-extremes": warning("lint", "two extremes over one atom, which may come from different tuples"),
  "repeated-fact": warning("lint", "a fact that is stated twice, which is only one tuple"),
  "aggregate-collapses": warning(
    "lint",
    "an aggregate that counts equal values once although the body distinguishes them",
  ),
} as const satisfies Readonly<Record<string, CodeEntry>>;

export type DiagnosticCode = keyof typeof diagnosticCodes;

const table: Readonly<Record<DiagnosticCode, CodeEntry>> = diagnosticCodes;

/** The codes that `--strict` counts, in the order of the table. */
export const strictCodes: readonly DiagnosticCode[] = Object.entries(table).flatMap(([code, { strict }]) =>
  strict === true ? [code as DiagnosticCode] : [],
);

/** Whether a diagnostic most likely points at a slip, such as a misspelt name. */
export function isLikelyTypo(code: DiagnosticCode): boolean {
  return table[code].likelyTypo === true;
}

export function severityOf(code: DiagnosticCode): Severity {
  return diagnosticCodes[code].severity;
}
