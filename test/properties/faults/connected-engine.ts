import type { Engine } from "./engine.js";
import { referenceEngine } from "./reference-engine.js";

/** The engine that the properties of faults are asked of. */
export const engine: Engine = referenceEngine();
