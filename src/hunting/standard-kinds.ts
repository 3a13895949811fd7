import type { CallFaultKind } from "./fault.js";

const fixed = (symbol: string) => (): string => symbol;

/** What callers and callees see of each kind; `text` is as in a file: `error(503)` of the base `error`. */
export function callFaultKind(base: string, text: string): CallFaultKind | undefined {
  switch (base) {
    case "refused":
    case "reset":
      return { text, executions: 0, slow: false, outcome: fixed(base) };
    case "down":
      // A caller cannot tell a service that is down from one that refuses this connection.
      return { text, executions: 0, slow: false, outcome: fixed("refused") };
    case "error":
      return { text, executions: 0, slow: false, outcome: fixed(text) };
    case "timeout":
      return { text, executions: 0, slow: true, outcome: fixed(base) };
    case "lost-response":
      return { text, executions: 1, slow: false, outcome: fixed(base) };
    case "duplicate":
      return { text, executions: 2, slow: false, outcome: (answer) => answer };
    case "delay":
      return { text, executions: 1, slow: true, outcome: (answer) => `${answer} after ${text}` };
    case "wrong":
      return { text, executions: 1, slow: false, outcome: (answer) => `${text} of ${answer}` };
    default:
      return undefined;
  }
}

/** The bases of all kinds, in the order of reports. */
const faultBases = [
  "refused",
  "reset",
  "error",
  "timeout",
  "lost-response",
  "duplicate",
  "delay",
  "wrong",
  "down",
] as const;

export type FaultBase = (typeof faultBases)[number];
