/** The part of `logic-solver` that `minisat-solver.ts` uses: the native solver, without the formula layer on top of it. */
declare module "logic-solver/minisat.js" {
  export interface NativeMinisat {
    print: (text: string) => void;
    printErr: (text: string) => void;
    readonly ALLOC_STACK: number;
    readonly HEAP32: Int32Array;
    readonly HEAPF64: Float64Array;
    readonly HEAPU8: Uint8Array;
    allocate(bytes: number, type: "i8", allocator: number): number;
    /** The address of so many bytes. */
    _malloc(bytes: number): number;
    _createTheSolver(): void;
    _ensureVar(variable: number): number;
    /** The address of a clause: literals, then 0. */
    _addClause(address: number): number;
    _solve(): number;
    _solveAssuming(variable: number): number;
    /** The address of one byte per variable, from variable 1 on. */
    _getSolution(): number;
  }
  /** A native solver with a heap of its own. */
  export default function instantiate(): NativeMinisat;
}
