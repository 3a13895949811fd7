import { eliminating } from "../elimination.js";
import { checkerEngine } from "./checker-engine.js";
import type { Engine } from "./engine.js";

/** The engine that the properties of faults are asked of. */
export const engine: Engine = checkerEngine();

/** The same, but the variables of every question are eliminated. */
export const eliminatingEngine: Engine = checkerEngine(undefined, eliminating);
