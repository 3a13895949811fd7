/**
 * The part of `logic-solver` that `minisat-solver.ts` uses: the native solver, without the formula layer on top of it, and with what
 * `scripts/minisat.mjs` adds to it.
 */
declare module "logic-solver/minisat.js" {
  export interface NativeMinisat {
    print: (text: string) => void;
    printErr: (text: string) => void;
    readonly ALLOC_STACK: number;
    readonly HEAP32: Int32Array;
    readonly HEAPU8: Uint8Array;
    allocate(bytes: number, type: "i8", allocator: number): number;
    _createTheSolver(): void;
    _ensureVar(variable: number): number;
    /** The address of a clause: literals, then 0. */
    _addClause(address: number): number;
    /** 0: satisfiable, 1: not, 2: unknown, since there were as many conflicts as `_limitConflicts` allows. */
    _solve(): number;
    _solveAssuming(variable: number): number;
    /** The number of conflicts after which each question ends. */
    _limitConflicts(most: number): void;
    /** From now on a variable is decided to be false, whatever value it had last. */
    _forgetPhases(): void;
    /** The variable is not eliminated. */
    _keepVariable(variable: number): void;
    /** Eliminates variables, for the last time. */
    _eliminate(): void;
    /** From now on none is eliminated. */
    _endElimination(): void;
    /** 1 if it is. */
    _isEliminated(variable: number): number;
    /** The address of one byte per variable, from variable 1 on. */
    _getSolution(): number;
  }
  /** A native solver with a heap of its own. */
  export default function instantiate(): NativeMinisat;
}
