import type { Subject } from "../candidates/subject.js";
import { touchable } from "../candidates/touchable.js";
import type { Execution } from "../execution/execution.js";
import { faultsOfKind } from "../faults/enumeration.js";
import type { Inputs } from "../faults/inputs.js";
import { allInputs, inputChoices } from "../faults/inputs.js";
import type { Fault } from "../faults/kinds.js";
import { faultKinds, nodesOf, periodOf, silencedBy } from "../faults/kinds.js";
import { noFaults, schedule } from "../faults/schedule.js";
import { lintProgram } from "../program/lint/index.js";
import type { LintOptions } from "../program/lint/options.js";
import type { Program, RuleId, Value } from "../program/program.js";
import { inputLines } from "../program/program.js";
import { resolveSpecification } from "../program/specification.js";
import type { CheckOptions } from "../search/check.js";
import { prepare } from "../search/check.js";
import type { Setting } from "../search/search.js";
import type { AdequacyWarning } from "../search/verdict.js";
import type { Diagnostic } from "../source/diagnostic.js";
import { onOneLine } from "../source/source.js";
import type { Observed } from "./behaviour.js";
import { observedBy, promisesSomething, sameRun } from "./behaviour.js";
import type { Deciding } from "./deciding.js";

/** More inputs are not tried one by one, and then nothing is repaired. */
export const MOST_INPUTS = 256;

/** Of more single faults, as many are taken at equal distances; so many with all inputs together, and under each as many as this at least. */
const MOST_SINGLE_FAULTS = 240;
const LEAST_SINGLE_FAULTS = 12;

/** The failure-free run for one choice of inputs. */
export interface FailureFree {
  readonly inputs: Inputs;
  readonly execution: Execution;
}

/** A single fault, and inputs, under which the original promises something, and keeps it. */
export interface KeptUnder {
  readonly inputs: Inputs;
  readonly fault: Fault;
  readonly execution: Execution;
}

/** The program before any edit, and what a repair has to keep of it. Worked out when it is first asked for. */
export class Original {
  readonly observed: Observed;
  private runs: readonly FailureFree[] | undefined;
  private single: readonly KeptUnder[] | undefined;
  private known: ReadonlySet<string> | undefined;
  private readonly said: ReadonlyMap<string, number>;

  constructor(
    readonly subject: Subject,
    readonly setting: Setting,
    readonly options: CheckOptions,
    private readonly deciding: Deciding,
    /** Of the counterexample. */
    private readonly inputs: Inputs,
  ) {
    const { program, specification } = setting;
    const { protocol, effects } = touchable(program, specification);
    // Promises that are not asked for are kept as well.
    const all = resolveSpecification(program, { ...options, promise: undefined }).specification ?? specification;
    this.observed = observedBy(program, all, (id) => protocol.has(id) || effects.has(id));
    this.said = counted(diagnosticsOf(subject, options));
  }

  /** The failure-free runs under all inputs; `undefined` if there are too many, or one does not end. */
  get failureFree(): readonly FailureFree[] | undefined {
    if (this.runs !== undefined) return this.runs;
    const lines = inputLines(this.setting.program);
    if (inputChoices(lines) > BigInt(MOST_INPUTS)) return undefined;
    const runs: FailureFree[] = [];
    for (const inputs of allInputs(lines)) {
      const execution = this.deciding.run(this.setting, noFaults, inputs);
      if (execution === undefined) return undefined;
      runs.push({ inputs, execution });
    }
    this.runs = runs;
    return runs;
  }

  /** The failure-free run with the inputs of the counterexample, in which the price is measured. */
  get measured(): FailureFree | undefined {
    return this.failureFree?.find(({ inputs }) => inputs.join() === this.inputs.join());
  }

  /** For all inputs, the single faults of the budget that change what the promises rest on, and under which the original promises and keeps. */
  get keptUnder(): readonly KeptUnder[] {
    this.single ??= this.singleFaults();
    return this.single;
  }

  private singleFaults(): readonly KeptUnder[] {
    const { setting, deciding, observed, failureFree: runs = [] } = this;
    const all = faultKinds.flatMap((kind) => [...faultsOfKind(setting.budget, kind)]);
    const most = Math.max(LEAST_SINGLE_FAULTS, Math.floor(MOST_SINGLE_FAULTS / Math.max(1, runs.length)));
    return runs.flatMap(({ inputs, execution: undisturbed }) => {
      const faults = all.filter((fault) => mayTouch(fault, undisturbed));
      const step = Math.max(1, faults.length / most);
      const chosen = Array.from({ length: Math.floor(faults.length / step) }, (_, i) => faults[Math.floor(i * step)]);
      return chosen.flatMap((fault): readonly KeptUnder[] => {
        if (fault === undefined) return [];
        const execution = deciding.run(setting, schedule([fault]), inputs);
        if (execution === undefined || !promisesSomething(observed, execution)) return [];
        if (sameRun(observed, undisturbed, execution)) return [];
        return deciding.witnesses(setting, execution, undisturbed).length > 0 ? [] : [{ inputs, fault, execution }];
      });
    });
  }

  /**
   * Warnings of adequacy that another program has and this one has not. That a rule of the specification, such as an excuse in `post`, does
   * not fire any more is none of them: whether anything is promised is another warning.
   */
  newWarnings({ program, specification }: Setting, warnings: readonly AdequacyWarning[]): readonly AdequacyWarning[] {
    this.known ??= new Set(
      this.deciding.warnings(this.setting).flatMap((warning) => keysOf(warning, this.setting.program)),
    );
    const { known } = this;
    const { protocol, effects } = touchable(program, specification);
    const counts = (rule: RuleId): boolean => {
      const head = program.rules[rule]?.head.relation;
      return head !== undefined && (protocol.has(head) || effects.has(head));
    };
    return warnings
      .map((warning) =>
        warning.kind === "rule-never-fires" ? { ...warning, rules: warning.rules.filter(counts) } : warning,
      )
      .filter((warning) => keysOf(warning, program).some((key) => !known.has(key)));
  }

  /** Warnings of the program and its options that another version has and this one has not. */
  newDiagnostics(subject: Subject): readonly Diagnostic[] {
    const diagnostics = diagnosticsOf(subject, this.options);
    const now = counted(diagnostics);
    return diagnostics.filter((d) => (now.get(keyOf(d)) ?? 0) > (this.said.get(keyOf(d)) ?? 0));
  }
}

/** Whether a fault silences a node, or acts while some message is sent between nodes of which it names one. */
function mayTouch(fault: Fault, execution: Execution): boolean {
  if (silencedBy(fault).length > 0) return true;
  const named: readonly Value[] = nodesOf(fault);
  const { from, to } = periodOf(fault);
  return execution
    .messages()
    .some((m) => from <= m.sent && m.sent <= to && (named.includes(m.from) || named.includes(m.to)));
}

function diagnosticsOf({ program, diagnostics }: Subject, options: CheckOptions): readonly Diagnostic[] {
  const { pre, post, never, nodes } = options;
  const lintOptions: LintOptions = {
    ...(pre === undefined ? {} : { pre }),
    ...(post === undefined ? {} : { post }),
    ...(never === undefined ? {} : { never }),
    ...(nodes === undefined ? {} : { nodes }),
  };
  return [...diagnostics, ...lintProgram(program, lintOptions), ...prepare(program, options).diagnostics];
}

/** What is said of the program as a whole names all of its relations, so that an edit changes the words. */
function keyOf({ code, message, span }: Diagnostic): string {
  return span === undefined ? code : `${code} ${message}`;
}

function counted(diagnostics: readonly Diagnostic[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of diagnostics.map(keyOf)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** A key for each thing that a warning is about: equal in two versions of a program if it is the same thing. */
function keysOf(warning: AdequacyWarning, program: Program): readonly string[] {
  const nameOf = (id: number | undefined): string => (id === undefined ? "" : (program.relations[id]?.name ?? "?"));
  switch (warning.kind) {
    case "vacuous":
    case "vacuous-under-faults":
    case "out-of-reach":
      return [`${warning.kind} ${nameOf(warning.relation)}`];
    case "not-reached":
      return [`${warning.kind} ${JSON.stringify([nameOf(warning.reach.relation), ...warning.reach.columns])}`];
    case "unsettled":
    case "relation-never-filled":
      return warning.relations.map((relation) => `${warning.kind} ${nameOf(relation)}`);
    case "nothing-to-lose":
      return [warning.kind];
    case "kind-without-effect":
      return warning.faults.map((fault) => `${warning.kind} ${fault}`);
    case "rule-never-fires":
      return warning.rules.map((rule) => `${warning.kind} ${textOf(program, rule)}`);
    case "message-to-non-node":
      return [`${warning.kind} ${textOf(program, warning.rule)} ${warning.place} ${warning.end}`];
    default: {
      const never: never = warning;
      return never;
    }
  }
}

function textOf({ rules }: Program, rule: number): string {
  const span = rules[rule]?.span;
  return span === undefined ? "?" : onOneLine(span);
}
