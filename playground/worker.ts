import { answer } from "./engine.js";
import type { Reply, Request } from "./protocol.js";

/* A worker of the playground: one request at a time. The page ends it if a request takes too long. */

interface Scope {
  onmessage: ((event: MessageEvent<Request>) => void) | null;
  postMessage(reply: Reply): void;
  /** The solver's first heap, in bytes: read by the solver that the build puts into this script. */
  ldfiSolverMemory?: number;
}

const scope = globalThis as unknown as Scope;

scope.onmessage = ({ data }) => {
  if (data.kind === "check") scope.ldfiSolverMemory = data.memory;
  try {
    scope.postMessage(answer(data, (text) => scope.postMessage({ kind: "progress", id: data.id, text })));
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    scope.postMessage({ kind: "failed", id: data.id, message: `this is a bug: ${message}` });
  }
};
