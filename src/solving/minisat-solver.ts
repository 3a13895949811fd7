import type { NativeMinisat } from "logic-solver/minisat.js";
import instantiate from "logic-solver/minisat.js";
import instantiateCompiled from "logic-solver/minisat.js?compiled";
import { stopped } from "../execution/stopped.js";
import { Unwinding } from "../execution/unwinding.js";
import type { SatLiteral, Solver } from "./solver.js";

const MEBIBYTE = 2 ** 20;

/** The size in integers of the buffer that passes clauses to the solver; longer clauses are split by a link variable. */
const BUFFER = 1024;

/** The bytes of a small heap: some 40,000 clauses fit beside the stack. */
const SMALL_HEAP = 16 * MEBIBYTE;

/**
 * MiniSat (Eén, Sörensson, SAT 2003) as shipped by `logic-solver`, compiled to JavaScript with a heap of fixed size (64 MiB in the
 * package, more in our build). The formula layer of the package is bypassed: clauses go directly to the native solver.
 *
 * For a large query it pays off to have V8 compile the whole solver ahead of time (asm.js): the same answers, faster. In our build
 * `?compiled` is that variant; run from the source, both are the same. For a small one it pays off to begin with a small heap: V8 collects its
 * own garbage when a large one is made. Where that is not enough, everything is moved to a heap of the usual size.
 */
export class MinisatSolver implements Solver {
  variables = 0;
  clauses = 0;
  private running: Running;
  /** What the heap holds, while it is a small one. */
  private held: (readonly SatLiteral[])[] | undefined;
  private model = new Uint8Array(0);

  constructor(question: "small" | "usual" | "large" = "usual", smallHeap = SMALL_HEAP) {
    this.held = question === "small" ? [] : undefined;
    this.running = started(
      question === "large" ? instantiateCompiled() : instantiate(question === "small" ? smallHeap : undefined),
    );
  }

  /** The bytes of the heap. */
  get heapBytes(): number {
    return this.running.native.HEAPU8.length;
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
    this.guard((running) => handOver(running, literals));
    this.held?.push([...literals]);
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
    return this.guard(({ native }) => {
      native._ensureVar(this.variables);
      if (ask(native) === 0) return false;
      const at = native._getSolution();
      this.model = native.HEAPU8.slice(at, at + this.variables);
      return true;
    });
  }

  private guard<T>(call: (running: Running) => T): T {
    try {
      return call(this.running);
    } catch (thrown) {
      // The compiled code throws a string when its heap is exhausted; any other exception is a bug.
      if (typeof thrown !== "string") throw thrown;
      if (this.held !== undefined) return this.movedFrom(this.held, call);
      const memory = `${this.heapBytes / MEBIBYTE} MiB`;
      throw new Unwinding(
        stopped("memory", `the SAT solver's memory of ${memory} is exhausted, after ${this.clauses} clauses`),
      );
    }
  }

  /** The call with a heap of the usual size that holds the same. */
  private movedFrom<T>(held: readonly (readonly SatLiteral[])[], call: (running: Running) => T): T {
    this.held = undefined;
    this.running = started(instantiate());
    return this.guard((running) => {
      for (const literals of held) handOver(running, literals);
      return call(running);
    });
  }
}

/** A native solver with the buffer that passes clauses to it. */
interface Running {
  readonly native: NativeMinisat;
  readonly buffer: number;
}

/** It would print when its memory is exhausted; that is reported by `guard`. */
function started(native: NativeMinisat): Running {
  native._createTheSolver();
  native.print = () => undefined;
  native.printErr = () => undefined;
  return { native, buffer: native.allocate(BUFFER * 4, "i8", native.ALLOC_STACK) };
}

/** Adds a clause that is shorter than the buffer. */
function handOver({ native, buffer }: Running, literals: readonly SatLiteral[]): number {
  const { HEAP32 } = native;
  const at = buffer >> 2;
  for (let i = 0; i < literals.length; i++) HEAP32[at + i] = literals[i] as number;
  HEAP32[at + literals.length] = 0;
  return native._addClause(buffer);
}
