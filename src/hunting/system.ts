import type { Stopped } from "../execution/stopped.js";
import type { Observation } from "./call.js";
import type { HuntFaults } from "./fault.js";

/** What can run a scenario with faults: services, a simulation, or the evaluator. */
export interface SystemUnderTest {
  /** Runs the scenario without faults so many times, and finds out what differs from run to run without meaning anything. */
  calibrate(runs: number): Promise<readonly Observation[] | Stopped>;
  /** Runs the scenario with these faults injected. */
  run(faults: HuntFaults): Promise<Observation | Stopped>;
}
