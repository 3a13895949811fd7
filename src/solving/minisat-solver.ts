import type { NativeMinisat } from "logic-solver/minisat.js";
import instantiate from "logic-solver/minisat.js";
import { stopped } from "../execution/stopped.js";
import { Unwinding } from "../execution/unwinding.js";
import { ClauseLog } from "./clause-log.js";
import type { BetweenParts, SatLiteral, Solver } from "./solver.js";

const MEBIBYTE = 2 ** 20;

/** The size in integers of the buffer that passes clauses to the solver; longer clauses are split by a link variable. */
const BUFFER = 1024;

/** MiniSat's answers. */
const [TRUE, UNKNOWN] = [0, 2];

/** A question is asked in parts of so many conflicts: at first, */
const FIRST_PART = 5_000;
/** and of so many times those before, since the solver forgets in between when it would restart and how many clauses it wants to learn; */
const GROWTH = 1.5;
/** at most of so many times those of the first. */
const GREATEST = 4;
/** With more clauses each conflict takes longer, so that a part has fewer. */
const MANY_CLAUSES = 100_000;

/** When variables are eliminated. */
export interface Elimination {
  /** With so many clauses they are before the first question, */
  readonly from: number;
  /** with fewer after so many conflicts of one question, */
  readonly after: number;
  /** and with so many never. */
  readonly most: number;
}

/**
 * MiniSat (Eén, Sörensson, SAT 2003) as shipped by `logic-solver`, which is C++ compiled to asm.js. In our build it is WebAssembly with
 * a heap that grows to 1 GiB, in that for browsers ordinary code with a heap of fixed size: the same instructions, so the same answers. The
 * formula layer of the package is bypassed: clauses go directly to the native solver.
 *
 * It decides that variables are false, also where they were true when it last assigned them. Our variables are faults, of which there are few,
 * and what they bring about; with the phases saved it wanders off into schedules of many faults.
 *
 * With `elimination` variables and subsumed clauses are eliminated from many clauses, and from those of a question that turns out to be hard
 * (Eén, Biere, "Effective preprocessing in SAT through variable and clause elimination", SAT 2005). Most variables of a cone connect two
 * or three gates and are eliminated.
 */
export class MinisatSolver implements Solver {
  variables = 0;
  clauses = 0;
  /** `undefined` until the first question, if that may begin with elimination. */
  private native: NativeSolver | undefined;
  private model = new Uint8Array(0);
  /** While variables may be eliminated: the clauses, and the variables that stay. */
  private given: { readonly clauses: ClauseLog; readonly kept: number[] } | undefined;
  /** The number of variables when some were eliminated. */
  private simplified = 0;

  constructor(private readonly elimination?: Elimination) {
    if (elimination === undefined) this.native = nativeSolver();
    else this.given = { clauses: new ClauseLog(), kept: [] };
  }

  /** The bytes of the heap. */
  get heapBytes(): number {
    return this.native?.minisat.HEAPU8.length ?? 0;
  }

  newVariable(): number {
    return ++this.variables;
  }

  keep(variable: number): void {
    this.given?.kept.push(variable);
  }

  addClause(literals: readonly SatLiteral[]): void {
    if (literals.length >= BUFFER) {
      const half = literals.length >> 1;
      const link = this.newVariable();
      this.addClause([...literals.slice(0, half), link]);
      this.addClause([-link, ...literals.slice(half)]);
      return;
    }
    this.clauses++;
    this.given?.clauses.add(literals);
    for (const literal of literals) this.expectPresent(Math.abs(literal));
    this.guard(() => {
      if (this.native !== undefined) handOver(this.native, literals);
      if (this.clauses === this.elimination?.most) this.withoutElimination();
    });
  }

  solve(assumptions: readonly SatLiteral[], between?: BetweenParts): boolean {
    if (assumptions.length === 0) return this.answer((minisat) => minisat._solve(), between);
    // The native interface takes one assumption: a fresh activation literal that implies them all, retired afterwards.
    const all = this.newVariable();
    this.keep(all);
    for (const literal of assumptions) this.addClause([-all, literal]);
    const satisfiable = this.answer((minisat) => minisat._solveAssuming(all), between);
    this.addClause([-all]);
    return satisfiable;
  }

  value(variable: number): boolean {
    return this.model[variable - 1] === TRUE;
  }

  /** Asks, and keeps the model if there is one. */
  private answer(ask: (minisat: NativeMinisat) => number, between: BetweenParts = () => undefined): boolean {
    return this.guard(() => {
      const { from = Infinity, after = Infinity } = this.elimination ?? {};
      let native = this.native ?? (this.clauses < from ? this.asGiven() : this.simplify());
      native.minisat._ensureVar(this.variables);
      const first = Math.ceil(FIRST_PART * Math.min(1, MANY_CLAUSES / this.clauses));
      let part = this.given === undefined ? first : Math.min(first, after);
      let conflicts = 0;
      const askPart = (): number => {
        native.minisat._limitConflicts(part);
        return ask(native.minisat);
      };
      let answer = askPart();
      for (; answer === UNKNOWN; answer = askPart()) {
        conflicts += part;
        between(conflicts);
        if (this.given !== undefined && conflicts >= after) {
          native = this.simplify();
          part = first;
        } else part = Math.ceil(Math.min(GROWTH * part, GREATEST * first));
      }
      if (answer !== TRUE) return false;
      const at = native.minisat._getSolution();
      this.model = native.minisat.HEAPU8.slice(at, at + this.variables);
      return true;
    });
  }

  /** From now on a solver is asked that has all clauses as they were given. */
  private asGiven(): NativeSolver {
    const native = nativeSolver();
    for (const clause of this.given?.clauses ?? []) handOver(native, clause);
    this.native = native;
    return native;
  }

  /** From now on a solver is asked in which variables are eliminated, or none if memory does not suffice for that. */
  private simplify(): NativeSolver {
    const { given, variables } = this;
    if (given === undefined) return this.withoutElimination();
    try {
      this.native = simplifiedSolver(variables, given.clauses, given.kept);
      this.simplified = variables;
      this.given = undefined;
      return this.native;
    } catch (thrown) {
      if (!isExhaustion(thrown) && !isWithoutHeap(thrown)) throw thrown;
      return this.withoutElimination();
    }
  }

  /** From now on a solver is asked in which no variable is eliminated, ever. */
  private withoutElimination(): NativeSolver {
    const native = this.native ?? this.asGiven();
    this.given = undefined;
    return native;
  }

  /** Throws if a variable was eliminated. */
  private expectPresent(variable: number): void {
    if (variable <= this.simplified && this.native?.minisat._isEliminated(variable) === 1)
      throw new Error(`variable ${variable} was eliminated, and is mentioned again`);
  }

  private guard<T>(call: () => T): T {
    try {
      return call();
    } catch (thrown) {
      if (!isExhaustion(thrown)) throw thrown;
      const memory = `${this.heapBytes / MEBIBYTE} MiB`;
      throw new Unwinding(
        stopped("memory", `the SAT solver's memory of ${memory} is exhausted, after ${this.clauses} clauses`),
      );
    }
  }
}

/** A native solver, and the address of the buffer that passes clauses to it. */
interface NativeSolver {
  readonly minisat: NativeMinisat;
  readonly buffer: number;
}

/** A new solver in which no variable is eliminated. */
function nativeSolver(): NativeSolver {
  const solver = undecidedSolver();
  solver.minisat._endElimination();
  return solver;
}

/** A new solver with these clauses, in which other variables than those kept are eliminated. */
function simplifiedSolver(variables: number, clauses: ClauseLog, kept: readonly number[]): NativeSolver {
  const solver = undecidedSolver();
  const { minisat } = solver;
  minisat._ensureVar(variables);
  for (const clause of clauses) handOver(solver, clause);
  for (const variable of kept) minisat._keepVariable(variable);
  minisat._eliminate();
  return solver;
}

/** A new solver that notes what elimination will need. */
function undecidedSolver(): NativeSolver {
  const minisat = instantiate();
  minisat._createTheSolver();
  minisat._forgetPhases();
  // It would print when its memory is exhausted; that is reported by `guard`.
  minisat.print = () => undefined;
  minisat.printErr = () => undefined;
  return { minisat, buffer: minisat.allocate(BUFFER * 4, "i8", minisat.ALLOC_STACK) };
}

/** Adds a clause that is shorter than the buffer. */
function handOver({ minisat, buffer }: NativeSolver, literals: ArrayLike<SatLiteral>): void {
  const { HEAP32 } = minisat;
  const at = buffer >> 2;
  HEAP32.set(literals, at);
  HEAP32[at + literals.length] = 0;
  minisat._addClause(buffer);
}

/** Whether the native solver has no memory left: the compiled code throws a string then; any other exception is a bug. */
function isExhaustion(thrown: unknown): boolean {
  return typeof thrown === "string";
}

/** Whether there is no memory for the heap of one more native solver. */
function isWithoutHeap(thrown: unknown): boolean {
  return thrown instanceof RangeError && /allocation failed|out of memory/i.test(thrown.message);
}
