import type { NativeMinisat } from "logic-solver/minisat.js";
import instantiate from "logic-solver/minisat.js";
import instantiateCompiled from "logic-solver/minisat.js?compiled";
import { stopped } from "../execution/stopped.js";
import { Unwinding } from "../execution/unwinding.js";
import type { SatLiteral, Solver } from "./solver.js";

const MEBIBYTE = 2 ** 20;

/** The size in integers of the buffer that passes clauses to the solver; longer clauses are split by a link variable. */
const BUFFER = 1024;

/**
 * MiniSat (Eén, Sörensson, SAT 2003) as shipped by `logic-solver`, compiled to JavaScript with a heap of fixed size (64 MiB in the
 * package, more in our build). The formula layer of the package is bypassed: clauses go directly to the native solver.
 *
 * For a large query it pays off to have V8 compile the whole solver ahead of time (asm.js): the same answers, faster. In our build
 * `?compiled` is that variant; run from the source, both are the same.
 */
export class MinisatSolver implements Solver {
  variables = 0;
  clauses = 0;
  private readonly native: NativeMinisat;
  private readonly buffer: number;
  private model = new Uint8Array(0);

  constructor(forLargeQuestion = false) {
    this.native = forLargeQuestion ? instantiateCompiled() : instantiate();
    this.native._createTheSolver();
    // It would print when its memory is exhausted; that is reported by `guard`.
    this.native.print = () => undefined;
    this.native.printErr = () => undefined;
    this.buffer = this.native.allocate(BUFFER * 4, "i8", this.native.ALLOC_STACK);
  }

  newVariable(): number {
    return ++this.variables;
  }

  addClause(literals: readonly SatLiteral[]): void {
    if (literals.length >= BUFFER) {
      const half = literals.length >> 1;
      const link = this.newVariable();
      this.addClause([...literals.slice(0, half), link]);
      this.addClause([-link, ...literals.slice(half)]);
      return;
    }
    const { native } = this;
    const { HEAP32 } = native;
    const at = this.buffer >> 2;
    for (let i = 0; i < literals.length; i++) HEAP32[at + i] = literals[i] as number;
    HEAP32[at + literals.length] = 0;
    this.clauses++;
    this.guard(() => native._addClause(this.buffer));
  }

  solve(assumptions: readonly SatLiteral[]): boolean {
    if (assumptions.length === 0) {
      this.guard(() => this.native._ensureVar(this.variables));
      return this.keepModel(this.guard(() => this.native._solve()));
    }
    // The native interface takes one assumption: a fresh activation literal that implies them all, retired afterwards.
    const all = this.newVariable();
    for (const literal of assumptions) this.addClause([-all, literal]);
    this.guard(() => this.native._ensureVar(this.variables));
    const satisfiable = this.keepModel(this.guard(() => this.native._solveAssuming(all)));
    this.addClause([-all]);
    return satisfiable;
  }

  value(variable: number): boolean {
    return this.model[variable - 1] === 0; // MiniSat's "true" is 0
  }

  private keepModel(satisfiable: number): boolean {
    if (satisfiable === 0) return false;
    const at = this.guard(() => this.native._getSolution());
    this.model = this.native.HEAPU8.slice(at, at + this.variables);
    return true;
  }

  private guard(call: () => number): number {
    try {
      return call();
    } catch (thrown) {
      // The compiled code throws a string when its heap is exhausted; any other exception is a bug.
      if (typeof thrown !== "string") throw thrown;
      const memory = `${this.native.HEAPU8.length / MEBIBYTE} MiB`;
      throw new Unwinding(
        stopped("memory", `the SAT solver's memory of ${memory} is exhausted, after ${this.clauses} clauses`),
      );
    }
  }
}
