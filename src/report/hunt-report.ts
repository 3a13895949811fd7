import type { HuntResult } from "../hunting/result.js";

/** A hunt and its result, as every renderer gets it. */
export interface HuntReport {
  /** As named on the command line. */
  readonly file: string;
  readonly name: string;
  readonly result: HuntResult;
  readonly milliseconds: number;
  /** Hosts that were called and that the file does not name: never disturbed. */
  readonly foreign: readonly string[];
  /** Calls, as `POST cart/lock`, that could not be told apart by what they carry. */
  readonly undigested: readonly string[];
  /** The same, of calls that ran at the same time under faults alone. */
  readonly byArrival: readonly string[];
  /** Calls at proxies whose caller could not be told for certain. */
  readonly ambiguousCallers: number;
  /** Services that nothing shows the calls of. */
  readonly dark: readonly string[];
  /** Proxies that nothing came through: `billing to stock (127.0.0.1:9301)`. */
  readonly unusedProxies: readonly string[];
  /** Whether services that the hunt did not start send their spans to somebody else. */
  readonly tracesElsewhere: boolean;
  /** Runs that an earlier hunt had made. */
  readonly resumed: number;
}
