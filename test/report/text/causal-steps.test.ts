import { describe, expect, test } from "vitest";
import type { CausalStep } from "../../../src/report/text/causal-steps.js";
import { causalSteps } from "../../../src/report/text/causal-steps.js";
import type { CheckOptions } from "../../../src/search/check.js";
import { countedAnswers } from "../../program/counted-answers.js";
import { checked, checkedText } from "../subject.js";

function steps(file: string, options: CheckOptions): readonly CausalStep[] {
  return stepsOf(checked([`programs/${file}.ded`], options));
}

function stepsOf({ report, evidence }: ReturnType<typeof checked>): readonly CausalStep[] {
  const { verdict, program } = report;
  if (verdict.kind !== "violated" || evidence.violation === undefined) throw new Error("it holds");
  return causalSteps(evidence.violation, verdict, program);
}

const toldAs = ({ text, fault }: CausalStep): string => `${fault ? "✗ " : ""}${text}`;
const told = (file: string, options: CheckOptions): readonly string[] => steps(file, options).map(toldAs);

const raft = steps("consensus/raft-votes-twice", { eot: 8, eff: 7, crashes: 1 });

describe("the steps from the faults to a violation", () => {
  test("what was lost, what followed, and what is missing, in the order of time", () => {
    expect(raft.map(toldAs)).toEqual([
      `✗ a's request_vote("c", "a", 1) to c, sent at 4, is lost`,
      `✗ a's append_entries("b", "a", 1) to b, sent at 4, is lost`,
      `c at 5: no asks("c", "a", 1), so grants("c", "b", 1)`,
      `c's vote("b", "c", 1) reaches b`,
      `b at 6: voter("b", "c", 1), votes("b", 1, 2) and candidate("b", 1), so leader("b", 1)`,
      `post("b", 1) is missing at 8, though pre("b", 1) holds, and 1 more of its kind`,
    ]);
  });

  test("each has its place in the picture", () => {
    expect(raft.map((step) => step.places)).toEqual([
      [{ kind: "messages", from: "a", to: "c", sent: [4] }],
      [{ kind: "messages", from: "a", to: "b", sent: [4] }],
      [{ kind: "node", node: "c", instant: 5, label: "grants(b, term 1)" }],
      [{ kind: "messages", from: "c", to: "b", sent: [5] }],
      [{ kind: "node", node: "b", instant: 6, label: "leader(term 1)" }],
      [{ kind: "end", label: 'no post("b", 1)' }],
    ]);
  });

  test("what happens alike at several nodes is one step", () => {
    const list = told("consensus/paxos-minority", { eot: 7, eff: 6, crashes: 0 });
    expect(list).toContain("✗ p's accept(1, x) to c and d, sent at 3, is lost");
    expect(list).toContain("promise(2, 0, none) from c and d reaches q");
    expect(list).toContain("a, b, c and d at 7: voted(2, y)");
  });

  test("a fault that does not explain the difference from the failure-free run is explained by what it is needed for", () => {
    const list = told("replication/kafka-isr", { eot: 6, eff: 4, crashes: 1 });
    expect(list.slice(0, 2)).toEqual([
      "✗ heartbeat from b and c to z, sent at 1, is lost",
      'z at 2: missed("z", "b", 1), dropped("z", "b") and no kept("z", "b"), so no in_sync("z", "b")',
    ]);
    expect(list).toContain("✗ a crashes at 4");
  });

  test("a cut of the network is one step, with what it lost", () => {
    const options = { eot: 8, eff: 7, omissions: 0, partitions: 1 };
    expect(told("replication/split-brain", options)[0]).toBe("✗ b is cut off from p during 1–2: heartbeat is lost");
  });

  test("what must never hold is the last step", () => {
    const list = told("membership/lease", { eot: 11, eff: 10, omissions: 0, pauses: 1 });
    expect(list.at(-1)).toBe('never("store", 1) holds at 9, but must never hold');
    expect(list[1]).toBe('✗ grant("a", "lock", 1) is kept while a was away during 3–6');
  });
});

describe("the steps to a violation without faults", () => {
  const ofText = (text: string): readonly CausalStep[] => stepsOf(checkedText(text, { eot: 4, eff: 0 }));

  test("what is missing: where the rules come to a stop", () => {
    const list = ofText(countedAnswers);
    expect(list.map(({ text }) => text)).toEqual([
      'a at 4: answer("a", "ok") came from b and c: `count<V>` counts answers, not those who answer; put the sender into the tuple, and count it',
      'a at 4: answers("a", 1), so no answers(_, 2)',
      "at 4: no answers(_, 2), so no done(_)",
      'post("p") is missing at 4, though pre("p") holds',
    ]);
    expect(list.map(({ places }) => places.length)).toEqual([1, 1, 0, 1]);
  });

  test("what must never hold: what it was derived from", () => {
    const list = ofText(`
link("a", "b")@1; link("b", "a")@1;
claim(Y, X)@async :- link(X, Y);
leads(X) :- claim(X, _);
never(X, Y) :- leads(X), leads(Y), X != Y;
`);
    expect(list.map(({ text }) => text)).toEqual([
      'b\'s claim("a", "b") reaches a',
      'a\'s claim("b", "a") reaches b',
      "a and b at 2: leads",
      'never("a", "b") holds at 2, but must never hold, and 1 more of its kind',
    ]);
  });

  test("the last sixteen of many", () => {
    const list = ofText(`
n("a", 1..20)@1;
m("b", N)@async :- n("a", N);
never(count<N>) :- m("b", N);
`);
    expect(list).toHaveLength(17);
  });
});
