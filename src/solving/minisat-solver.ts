import type { NativeMinisat } from "logic-solver/minisat.js";
import instantiate from "logic-solver/minisat.js";
import { stopped } from "../execution/stopped.js";
import { Unwinding } from "../execution/unwinding.js";
import type { SatLiteral, Solver } from "./solver.js";

const MEBIBYTE = 2 ** 20;

/** The size in integers of the buffer that passes clauses to the solver; longer clauses are split by a link variable. */
const BUFFER = 1024;

/**
 * MiniSat (Eén, Sörensson, SAT 2003) as shipped by `logic-solver`, which is C++ compiled to asm.js. In our build it is WebAssembly with
 * a heap that grows to 1 GiB, in that for browsers ordinary code with a heap of fixed size, run from the source as in the package: the same
 * instructions, so the same answers. The formula layer of the package is bypassed: clauses go directly to the native solver.
 */
export class MinisatSolver implements Solver {
  variables = 0;
  clauses = 0;
  private readonly native: NativeMinisat = instantiate();
  /** The address of the buffer that passes clauses to it. */
  private readonly buffer: number;
  private model = new Uint8Array(0);

  constructor() {
    const { native } = this;
    // What is allocated next lies behind this.
    const before = native._malloc(8);
    native._createTheSolver();
    forgetPhases(native, before);
    // It would print when its memory is exhausted; that is reported by `guard`.
    native.print = () => undefined;
    native.printErr = () => undefined;
    this.buffer = native.allocate(BUFFER * 4, "i8", native.ALLOC_STACK);
  }

  /** The bytes of the heap. */
  get heapBytes(): number {
    return this.native.HEAPU8.length;
  }

  newVariable(): number {
    return ++this.variables;
  }

  keep(): void {
    // Every variable is kept.
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
    this.guard(() => this.handOver(literals));
  }

  solve(assumptions: readonly SatLiteral[]): boolean {
    if (assumptions.length === 0) return this.answer((native) => native._solve());
    // The native interface takes one assumption: a fresh activation literal that implies them all, retired afterwards.
    const all = this.newVariable();
    for (const literal of assumptions) this.addClause([-all, literal]);
    const satisfiable = this.answer((native) => native._solveAssuming(all));
    this.addClause([-all]);
    return satisfiable;
  }

  value(variable: number): boolean {
    return this.model[variable - 1] === 0; // MiniSat's "true" is 0
  }

  /** Asks, and keeps the model if there is one. */
  private answer(ask: (native: NativeMinisat) => number): boolean {
    const { native } = this;
    return this.guard(() => {
      native._ensureVar(this.variables);
      if (ask(native) === 0) return false;
      const at = native._getSolution();
      this.model = native.HEAPU8.slice(at, at + this.variables);
      return true;
    });
  }

  /** Adds a clause that is shorter than the buffer. */
  private handOver(literals: readonly SatLiteral[]): void {
    const { HEAP32 } = this.native;
    const at = this.buffer >> 2;
    for (let i = 0; i < literals.length; i++) HEAP32[at + i] = literals[i] as number;
    HEAP32[at + literals.length] = 0;
    this.native._addClause(this.buffer);
  }

  private guard<T>(call: () => T): T {
    try {
      return call();
    } catch (thrown) {
      // The compiled code throws a string when its heap is exhausted; any other exception is a bug.
      if (typeof thrown !== "string") throw thrown;
      const memory = `${this.heapBytes / MEBIBYTE} MiB`;
      throw new Unwinding(
        stopped("memory", `the SAT solver's memory of ${memory} is exhausted, after ${this.clauses} clauses`),
      );
    }
  }
}

/**
 * Has the solver decide that variables are false, as MiniSat does at first, also where they were true when it last assigned them. Our
 * variables are faults, of which there are few, and what they bring about; with the phases saved it wanders off into schedules of many faults.
 * The package has no option for it, so the field of the solver in its heap is set: it is found by the options before it, of which
 * these doubles are var_decay, clause_decay, random_var_freq and random_seed (Solver.h of MiniSat 2.2). `from`: an address before it, so that
 * the stack, which comes first, is neither searched nor touched.
 */
function forgetPhases({ HEAP32, HEAPF64 }: NativeMinisat, from: number): void {
  const doubles = [0.95, 0.999, 0, 91648253];
  let at = (from >> 3) - 1;
  do at = HEAPF64.indexOf(0.95, at + 1);
  while (at >= 0 && doubles.some((value, i) => HEAPF64[at + i] !== value));
  // After the doubles: luby_restart (a boolean), ccmin_mode, phase_saving.
  const field = 2 * (at + doubles.length) + 2;
  if (at < 0 || HEAP32[field - 1] !== 2 || HEAP32[field] !== 2) throw new Error("the solver's options are elsewhere");
  HEAP32[field] = 0;
}
