import { expect, test } from "vitest";
import { FaultSets } from "../../src/hunting/fault-sets.js";
import { Knowledge } from "../../src/hunting/knowledge.js";
import { callFaultKind } from "../../src/hunting/standard-kinds.js";

test("a fault that was asked for before its call was seen is one fault when the call comes", () => {
  const refused = callFaultKind("refused", "refused");
  const lost = callFaultKind("lost-response", "lost-response");
  if (refused === undefined || lost === undefined) throw new Error("no kind");
  const kinds = [refused, lost];
  const root = { id: "front", service: "front", method: "GET", route: "/", request: "" };
  const knowledge = new Knowledge(root, new Map(kinds.map((kind) => [kind.text, kind])), "exact");
  const sets = new FaultSets({ kinds, downs: true, budget: 1, spare: [] }, knowledge, () => false);
  const call = "front › GET spare/left#1";
  sets.declareAll([
    { kind: "call", call, fault: "lost-response" },
    { kind: "down", service: "spare" },
  ]);
  sets.see([{ id: call, service: "spare" }]);
  expect(sets.next()).toEqual([]);
  expect([...sets.seen]).toEqual([[call, "spare"]]);
});
