import type { Budget } from "../faults/budget.js";
import { omission } from "../faults/channel-faults.js";
import type { CutFault } from "../faults/cut-faults.js";
import { isCut, isCutKind } from "../faults/cut-faults.js";
import type { Inputs } from "../faults/inputs.js";
import type { Fault, FaultKind } from "../faults/kinds.js";
import { compareFaults, faultKinds, kindOf } from "../faults/kinds.js";
import type { Absence } from "../faults/node-faults.js";
import { crash, isAbsence, isAbsenceKind, isCrash } from "../faults/node-faults.js";
import type { Scenario } from "../faults/scenario.js";
import type { Schedule } from "../faults/schedule.js";
import type { FaultVariables } from "../faults/variables.js";
import type { OmissionVariable } from "./channel-literals.js";
import { ChannelLiterals } from "./channel-literals.js";
import type { Chooser } from "./chooser.js";
import { CutLiterals } from "./cut-literals.js";
import { InputLiterals } from "./input-literals.js";
import { NodeLiterals } from "./node-literals.js";
import type { Clauses, SatLiteral, Solver } from "./solver.js";
import { Totalizer } from "./totalizer.js";

/**
 * The encoding of a budget over the fault variables that occur in the clauses: which assignments are schedules, and how many faults they
 * have of each kind and in all. Each family of faults has its own encoding; counting is common.
 */
export class FaultLiterals {
  private readonly nodes: NodeLiterals;
  private readonly channels: ChannelLiterals;
  private readonly cuts: CutLiterals;
  private readonly inputs: InputLiterals;
  private readonly fresh = new Map<FaultKind, SatLiteral[]>();
  private readonly faults: Totalizer;
  /** By kind: a literal for each possible fault, and what counts them where their number is bounded. */
  private readonly ofKind = new Map<FaultKind, { readonly literals: SatLiteral[]; counter: Totalizer | undefined }>();
  private readonly all: SatLiteral[] = [];
  private readonly keeping: Clauses;

  constructor(
    private readonly variables: FaultVariables,
    private readonly solver: Solver,
  ) {
    const count = (kind: FaultKind, literal: SatLiteral): void => {
      const list = this.fresh.get(kind);
      if (list === undefined) this.fresh.set(kind, [literal]);
      else list.push(literal);
    };
    // Bounds, choices and blocked schedules are clauses and assumptions about these variables.
    const keeping: Clauses = {
      newVariable: () => {
        const variable = solver.newVariable();
        solver.keep(variable);
        return variable;
      },
      addClause: (literals) => solver.addClause(literals),
    };
    const { budget, lines } = variables;
    this.nodes = new NodeLiterals(budget, keeping, count);
    this.channels = new ChannelLiterals(variables, keeping, count);
    this.cuts = new CutLiterals(budget, keeping, count);
    this.inputs = new InputLiterals(lines, keeping);
    this.faults = new Totalizer(keeping);
    this.keeping = keeping;
  }

  /** The largest number of faults of a schedule over the declared variables. */
  get size(): number {
    return this.faults.size;
  }

  /** By node name. */
  get crashes(): NodeLiterals["crashes"] {
    return this.nodes.crashes;
  }

  /** In the order of schedules. */
  get omissions(): readonly OmissionVariable[] {
    return this.channels.omissions;
  }

  /**
   * A literal for each possible fault, of which some are true if and only if the schedule has a fault. What says that a node crashes can be true
   * without an instant: that is the crash after all declared ones, and none if the last of these is EOT.
   */
  get any(): readonly SatLiteral[] {
    const { eot } = this.variables.budget;
    const atLatest = new Map(
      this.crashes.flatMap(({ crashes, down }) => {
        const last = down.at(-1);
        return last?.at === eot ? [[crashes, last.variable] as const] : [];
      }),
    );
    return this.all.map((literal) => atLatest.get(literal) ?? literal);
  }

  /** Declares the solver's variable for a fault variable, given by its number. */
  declare(id: number, variable: number): void {
    this.solver.keep(variable);
    const v = this.variables.variable(id);
    switch (v.kind) {
      case "omit":
      case "late":
      case "doubled":
        this.channels.declare(v, variable);
        return;
      case "severed":
        this.cuts.declare(v, variable);
        return;
      case "down":
      case "restarting":
      case "pausing":
        this.nodes.declare(v, variable);
        return;
      case "input":
        this.inputs.declare(v, variable);
    }
  }

  /** Adds the clauses for what was declared since the last call: assignments are schedules, faults are counted, the budget is kept. */
  settle(): void {
    const { budget } = this.variables;
    this.nodes.settle();
    this.channels.settle();
    this.cuts.settle();
    for (const kind of faultKinds) {
      const fresh = this.fresh.get(kind);
      if (fresh === undefined) continue;
      this.fresh.delete(kind);
      this.faults.add(fresh);
      this.all.push(...fresh);
      const known = this.ofKind.get(kind);
      known?.literals.push(...fresh);
      known?.counter?.add(fresh);
      if (known === undefined) this.ofKind.set(kind, { literals: fresh, counter: undefined });
      const most = budget[kindOf(kind).bound];
      if (most === Infinity) continue;
      for (const literal of this.atMostOf(kind, most)) this.solver.addClause([literal]);
    }
    if (budget.maxFaults !== Infinity)
      for (const literal of this.faults.atMost(budget.maxFaults)) this.solver.addClause([literal]);
  }

  /** The assumptions under which a schedule has at most k faults. */
  atMost(k: number): readonly SatLiteral[] {
    return this.faults.atMost(k);
  }

  /** The assumptions under which a schedule lies within a budget that differs in numbers of faults alone, none of them larger. */
  within(smaller: Budget): readonly SatLiteral[] {
    const { budget } = this.variables;
    const ofKinds = faultKinds.flatMap((kind) => {
      const { bound } = kindOf(kind);
      return smaller[bound] < budget[bound] ? this.atMostOf(kind, smaller[bound]) : [];
    });
    return smaller.maxFaults < budget.maxFaults ? [...ofKinds, ...this.faults.atMost(smaller.maxFaults)] : ofKinds;
  }

  /** The assumptions under which a schedule has at most k faults of a kind. */
  private atMostOf(kind: FaultKind, k: number): readonly SatLiteral[] {
    const known = this.ofKind.get(kind);
    if (known === undefined) return [];
    if (known.counter === undefined) {
      known.counter = new Totalizer(this.keeping);
      known.counter.add(known.literals);
    }
    return known.counter.atMost(k);
  }

  /** The ways in which a schedule can do at least as much as this one (`isAtLeast`): for each, literals that are all true if and only if it does. */
  coverings(schedule: Schedule): readonly (readonly SatLiteral[])[] {
    let ways: readonly (readonly SatLiteral[])[] = [[]];
    const also = (more: readonly (readonly SatLiteral[])[]): void => {
      ways = ways.flatMap((way) => more.map((literals) => [...way, ...literals]));
    };
    const absences = new Map<string, Absence[]>();
    const cuts = new Map<FaultKind, CutFault[]>();
    for (const fault of schedule) {
      if (isCrash(fault)) also([this.nodes.crashNoLater(fault)]);
      else if (isAbsence(fault)) grouped(absences, `${fault.kind} ${fault.node}`, fault);
      else if (isCut(fault)) grouped(cuts, fault.kind, fault);
      else also([this.channels.atLeast(fault)]);
    }
    for (const list of absences.values()) also([this.nodes.absencesWithin(list)]);
    for (const list of cuts.values()) also(this.cuts.within(list));
    return ways;
  }

  /** The scenario of a model. */
  read(isTrue: (literal: SatLiteral) => boolean): Scenario {
    const faults: readonly Fault[] = [
      ...this.nodes.read(isTrue),
      ...this.cuts.read(isTrue),
      ...this.channels.read(isTrue),
    ];
    const sorted = [...faults].sort(compareFaults);
    // Two slots may have the same cut.
    const schedule = sorted.filter((fault, i) => {
      const before = sorted[i - 1];
      return before === undefined || compareFaults(before, fault) !== 0;
    });
    return { inputs: this.inputs.read(isTrue), schedule };
  }

  /** Chooses and fixes the first inputs that some model has. */
  chooseInputs(chooser: Chooser): Inputs {
    return this.inputs.choose(chooser);
  }

  /** Chooses and fixes the first fault of a kind that some model has after those chosen. */
  choose(chooser: Chooser, kind: FaultKind, chosen: readonly Fault[]): Fault | undefined {
    const last = chosen.at(-1);
    if (kind === crash.kind) return this.nodes.chooseCrash(chooser, last?.kind === kind ? last : undefined);
    if (isAbsenceKind(kind)) return this.nodes.chooseAbsence(chooser, kind, last?.kind === kind ? last : undefined);
    if (isCutKind(kind)) return this.cuts.choose(chooser, kind, chosen.filter((fault) => fault.kind === kind).length);
    if (kind === omission.kind) return this.channels.chooseOmission(chooser, last?.kind === kind ? last : undefined);
    return this.channels.chooseLate(chooser, kind, last?.kind === kind ? last : undefined);
  }
}

function grouped<K, V>(groups: Map<K, V[]>, key: K, value: V): void {
  const list = groups.get(key);
  if (list === undefined) groups.set(key, [value]);
  else list.push(value);
}
