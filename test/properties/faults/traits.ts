import { isRestartBuiltIn } from "../../reference/memory.js";
import { countSchedules } from "../../reference/space.js";
import type { FaultySubject } from "./subject.js";
import { combinationOf } from "./subject.js";

/** What a program and its budget are like, each a line to be counted. */
export function faultyTraits({ reference, specification, budget }: FaultySubject): readonly string[] {
  const { never } = specification;
  const atTheEnd =
    specification.kind === "implication" ? "pre and post" : specification.relations.length > 0 ? "outcomes" : "";
  const readsRestart = reference.rules.some((rule) => rule.atoms.some((atom) => atom.relation.text === "restart"));
  const executions = countSchedules(budget, reference.inputs);
  return [
    `budget: ${combinationOf(budget)}`,
    `specification: ${[atTheEnd, never === undefined ? "" : "never"].filter((part) => part !== "").join(", ")}`,
    `executions: ${executions < 10 ? "under 10" : executions < 100 ? "under 100" : executions < 1000 ? "under 1000" : "1000 or more"}`,
    ...(reference.durable.length > 0 ? ["line: durable"] : []),
    ...(reference.forgets.length > 0 ? ["line: forgets"] : []),
    ...(reference.observer.length > 0 ? ["line: observer"] : []),
    ...new Set(reference.inputs.map(({ kind }) => `line: ${kind}`)),
    ...(readsRestart ? [isRestartBuiltIn(reference) ? "reads restart" : "has a restart of its own"] : []),
  ];
}
