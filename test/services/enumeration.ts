import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { isStopped } from "../../src/execution/stopped.js";
import type { Observation } from "../../src/hunting/call.js";
import { placesOf } from "../../src/hunting/call.js";
import type { HuntFault, HuntFaults } from "../../src/hunting/fault.js";
import { formatHuntFaults, huntFaults, includesAll } from "../../src/hunting/fault.js";
import { readHuntFile } from "../../src/services/hunt-file.js";
import { LiveSystem } from "../../src/services/live-system.js";
import type { HuntSpec } from "../../src/services/spec.js";
import { root } from "../cli/ldfi.js";

/* A hunt without any idea: every set of faults is run, and nothing is concluded from any of them. */

export interface Enumerated {
  /** The calls at which faults were tried. */
  readonly calls: readonly string[];
  readonly sets: number;
  readonly runs: number;
  /** The sets that fail three times of three and contain no other, as texts. */
  readonly minimal: readonly string[];
  /** Those that fail once or twice of three. */
  readonly sometimes: readonly string[];
}

interface Target {
  readonly faults: readonly HuntFault[];
  readonly service: string;
}

/** Whether two faults may be in one set: at most one at a call, and none at the calls into a service that is down. */
function together(a: HuntFault, b: HuntFault, services: ReadonlyMap<string, string>): boolean {
  if (a.kind === "call" && b.kind === "call") return a.call !== b.call;
  if (a.kind === "down" && b.kind === "down") return a.service !== b.service;
  return b.kind === "call"
    ? together(b, a, services)
    : a.kind !== "call" || b.kind !== "down" || services.get(a.call) !== b.service;
}

function faultsAt(spec: HuntSpec, services: ReadonlyMap<string, string>): readonly HuntFault[] {
  const targets: Target[] = [...services].map(([call, service]) => ({
    service,
    faults: spec.faults.flatMap(({ base, text }) =>
      base === "down" ? [] : [{ kind: "call" as const, call, fault: text }],
    ),
  }));
  const downs = spec.faults.some(({ base }) => base === "down")
    ? [...new Set(targets.map(({ service }) => service))]
    : [];
  return [...targets.flatMap(({ faults }) => faults), ...downs.map((service) => ({ kind: "down" as const, service }))];
}

/** Runs every set of at most two faults over the calls that came in any of the runs, until no run brings a new call. */
export async function enumerate(path: string): Promise<Enumerated> {
  const { spec, diagnostics } = readHuntFile({ path, text: readFileSync(path, "utf8") }, []);
  if (spec === undefined) throw new Error(JSON.stringify(diagnostics));
  const scripts = {
    guardian: join(root, "dist", "cli", "guardian.js"),
    hook: pathToFileURL(join(root, "dist", "hook.js")).href,
  };
  const system = new LiveSystem(spec, scripts, process.env);
  const problem = await system.open();
  if (problem !== undefined) throw new Error(problem);
  const services = new Map<string, string>();
  const ran = new Set<string>();
  const bad: HuntFaults[] = [];
  const sometimes: string[] = [];
  let runs = 0;
  let names = 0;
  const see = ({ calls }: Observation): void => {
    for (const call of calls) for (const place of placesOf(call)) services.set(place, call.service);
  };
  const run = async (faults: HuntFaults): Promise<boolean> => {
    runs++;
    const observation = await system.run(faults);
    if (isStopped(observation)) throw new Error(observation.detail);
    if (system.renamings === names) see(observation);
    return observation.good;
  };
  try {
    const clean = await system.calibrate(5);
    if (isStopped(clean)) throw new Error(clean.detail);
    runs += 5;
    for (const one of clean) see(one);
    for (let more = true; more; ) {
      more = false;
      const faults = faultsAt(spec, services);
      const sets: HuntFaults[] = [
        [],
        ...faults.map((fault) => [fault]),
        ...faults.flatMap((a, i) =>
          faults.slice(i + 1).flatMap((b) => (together(a, b, services) ? [huntFaults([a, b])] : [])),
        ),
      ];
      for (const set of sets) {
        const text = formatHuntFaults(set);
        if (ran.has(text)) continue;
        ran.add(text);
        more = true;
        const good = await run(set);
        if (system.renamings > names) {
          // Calls have got other names: everything begins again under these.
          names = system.renamings;
          services.clear();
          ran.clear();
          bad.length = 0;
          sometimes.length = 0;
          await run([]);
          break;
        }
        if (good) continue;
        const again = [await run(set), await run(set)];
        if (again.some((good) => good)) sometimes.push(text);
        else bad.push(set);
      }
    }
  } finally {
    await system.close();
  }
  const minimal = bad.filter((set) => !bad.some((other) => other.length < set.length && includesAll(set, other)));
  return {
    calls: [...services.keys()],
    sets: ran.size,
    runs,
    minimal: minimal.map(formatHuntFaults).sort(),
    sometimes,
  };
}
