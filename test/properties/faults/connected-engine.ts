import { checkerEngine } from "./checker-engine.js";
import type { Engine } from "./engine.js";

/** The engine that the properties of faults are asked of. */
export const engine: Engine = checkerEngine();
