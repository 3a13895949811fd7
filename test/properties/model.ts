import { run } from "../../src/execution/run.js";
import { formatSchedule } from "../../src/faults/notation.js";
import type { Schedule } from "../../src/faults/schedule.js";
import type { ReferenceMessage, Run } from "../reference/evaluate.js";
import { evaluateProgram } from "../reference/evaluate.js";
import { inferNodes } from "../reference/nodes.js";
import { keyOf } from "../reference/values.js";
import { inferredNodes } from "./loading.js";
import type { Random } from "./random.js";
import type { Finding, Property, Subject } from "./subject.js";
import { failed, passed, randomSchedule, skipped } from "./subject.js";

/** Without faults, under the case's own budget, and under all that can go wrong. */
function schedulesToTry(subject: Subject, random: Random): readonly Schedule[] {
  const { budget } = subject;
  const anything = { ...budget, eff: budget.eot + 1, crashes: budget.nodes.length };
  return [[], randomSchedule(budget, random), randomSchedule(anything, random), randomSchedule(anything, random)];
}

export const modelEquality: Property = {
  name: "model",
  claim: "the engine's model equals the naive one, tuple for tuple, at each instant, under random schedules",
  check: (subject, random) => {
    const notes: string[] = [];
    for (const schedule of schedulesToTry(subject, random)) {
      const { nodes, eot } = subject.budget;
      const naive = evaluateProgram(subject.reference, { nodes, eot, schedule });
      if (naive.kind === "too-large") return skipped("too large");
      const difference = differenceUnder(subject, schedule, naive);
      if (difference !== undefined) return failed(`${difference}; under ${formatSchedule(schedule)}`);
      notes.push(naive.kind);
    }
    return passed(...notes);
  },
};

/** Where the engine's run is another than the naive one; undefined if nowhere. */
export function differenceUnder(
  subject: Subject,
  schedule: Schedule,
  naive: Exclude<Run, { kind: "too-large" }>,
): string | undefined {
  const { nodes, eot } = subject.budget;
  const result = run(subject.program, { nodes, eot, schedule });
  if (result.kind === "error") {
    const { kind, instant } = result.error;
    if (naive.kind === "error" && naive.instant === instant) return undefined;
    return `the engine ends in ${kind} at ${instant}; expected ${naive.kind === "error" ? `${naive.problem} at ${naive.instant}` : "a model"}`;
  }
  if (result.kind === "stopped") return result.detail;
  if (naive.kind === "error") return `the engine finds a model; expected ${naive.problem} at ${naive.instant}`;
  for (const relation of subject.program.relations) {
    for (let t = 1; t <= eot; t++) {
      const expected = [...(naive.instants[t - 1]?.get(relation.name)?.keys() ?? [])].sort();
      const tuples = result.execution.tuples(relation.id, t);
      const found = tuples.map(keyOf).sort();
      if (found.join() !== expected.join())
        return `the tuples of ${relation.name} at ${t} are {${found.join(" ")}}; expected {${expected.join(" ")}}`;
      const denied = tuples.find((tuple) => !result.execution.has(relation.id, t, tuple));
      if (denied !== undefined) return `listed but denied: ${relation.name}${keyOf(denied)} at ${t}`;
    }
  }
  const sent = result.execution.messages().map((m) => {
    const relation = subject.program.relations[m.relation]?.name ?? "?";
    return messageLine({ from: m.from, relation, tuple: m.args, sent: m.sent, delivered: m.fate === "delivered" });
  });
  return differenceOf("messages", sent, naive.messages.map(messageLine));
}

function messageLine(m: Omit<ReferenceMessage, "rule" | "arrivals">): string {
  return `${m.sent}: ${m.from} sends ${m.relation}${keyOf(m.tuple)}${m.delivered ? "" : " in vain"}`;
}

function differenceOf(what: string, found: readonly string[], expected: readonly string[]): string | undefined {
  const extra = [...new Set(found)].filter((line) => !expected.includes(line));
  const missing = [...new Set(expected)].filter((line) => !found.includes(line));
  if (extra.length + missing.length === 0) return undefined;
  return `${what} differ: unexpected [${extra.join("; ")}], missing [${missing.join("; ")}]`;
}

export const nodeInference: Property = {
  name: "nodes",
  claim: "the nodes inferred are those that the naive reading infers",
  check: (subject): Finding => {
    const found = inferredNodes(subject.program, subject.budget.eot).join(",");
    const expected = inferNodes(subject.reference, subject.budget.eot).join(",");
    return found === expected ? passed() : failed(`inferred ${found}; expected ${expected}`);
  },
};
