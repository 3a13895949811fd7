import type { Engine } from "./engine.js";
import { checkerEngine } from "./checker-engine.js";

/** The engine that the properties of faults are asked of. */
export const engine: Engine = checkerEngine();
