import { compareNames } from "../source/names.js";
import type { CallId } from "./call.js";

/**
 * A kind of fault of a call. `outcome` is what the caller sees, as a symbol: equal symbols are treated alike by a caller that depends on
 * the outcomes of its calls alone.
 */
export interface CallFaultKind {
  /** As written in fault sets: `refused`, `error(503)`. */
  readonly text: string;
  /** How many requests the callee sees. */
  readonly executions: 0 | 1 | 2;
  /** Whether the caller waits for it, so that two of them may add up to more than some caller waits. */
  readonly slow: boolean;
  readonly outcome: (answer: string) => string;
}

/** One thing that goes wrong in a run of a scenario. */
export type HuntFault =
  | { readonly kind: "call"; readonly call: CallId; readonly fault: string }
  /** Every call into the service is refused, for the whole run. */
  | { readonly kind: "down"; readonly service: string };

/** Faults in canonical order, each call and service at most once. */
export type HuntFaults = readonly HuntFault[];

/** As reports print it and `--only` reads it: `refused(shop › POST cart/lock#1)`, `down(cart)`. */
export function formatHuntFault(fault: HuntFault): string {
  return fault.kind === "down" ? `down(${fault.service})` : `${fault.fault} at ${fault.call}`;
}

/** The set in one line; also its identity. */
export function formatHuntFaults(faults: HuntFaults): string {
  return faults.length === 0 ? "no fault" : faults.map(formatHuntFault).join(" + ");
}

/** A set of faults in canonical order. */
export function huntFaults(faults: readonly HuntFault[]): HuntFaults {
  return [...faults].sort((a, b) => compareNames(formatHuntFault(a), formatHuntFault(b)));
}

/** Reads what `formatHuntFaults` writes. */
export function parseHuntFaults(text: string): HuntFaults | undefined {
  if (text.trim() === "" || text.trim() === "no fault") return [];
  const faults: HuntFault[] = [];
  for (const part of text.split(" + ")) {
    const down = /^\s*down\(([^()]+)\)\s*$/.exec(part)?.[1];
    const at = /^\s*([a-z-]+(?:\(.*?\))?) at (\S.*?)\s*$/.exec(part);
    if (down !== undefined) faults.push({ kind: "down", service: down });
    else if (at?.[1] !== undefined && at[2] !== undefined) faults.push({ kind: "call", fault: at[1], call: at[2] });
    else return undefined;
  }
  return huntFaults(faults);
}

export function includesAll(faults: HuntFaults, others: HuntFaults): boolean {
  const keys = new Set(faults.map(formatHuntFault));
  return others.every((other) => keys.has(formatHuntFault(other)));
}
