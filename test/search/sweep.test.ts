import { describe, expect, test } from "vitest";
import type { Program } from "../../src/program/program.js";
import { check, prepare } from "../../src/search/check.js";
import type { Step } from "../../src/search/step.js";
import type { SweepOptions, SweepResult } from "../../src/search/sweep.js";
import { conclusionOf, patienceFor, sweep, UNDISTURBED_LIMIT } from "../../src/search/sweep.js";
import { loadText } from "../properties/loading.js";
import { libraryProgram } from "./library-program.js";

const still = (): number => 0;

/** A step as `EOT EFF crashes verdict`, the verdict of a violation being its number of faults. */
function told({ parameters: { eot, eff, crashes }, finding }: Step): string {
  const verdict =
    finding.kind === "violated"
      ? finding.schedule.length
      : finding.kind === "holds" && finding.vacuous
        ? "vacuous"
        : finding.kind;
  return `${eot} ${eff} ${crashes} ${verdict}`;
}

function steps(result: SweepResult): readonly string[] {
  return result.steps.map(told);
}

function swept(program: Program, options: SweepOptions): SweepResult {
  return sweep(program, { now: still, ...options });
}

function programOf(text: string): Program {
  const loaded = loadText(text);
  if ("refused" in loaded) throw new Error(loaded.refused);
  return loaded.program;
}

/** a tells b once, at 1; b asks a until it knows, from instant 3 on, and a answers. */
const asking = programOf(`
  talks("a", "b")@1; knows("a", "x")@1; patience("b", 2)@1; asker("b", "a")@1;
  knows(X, V)@next :- knows(X, V);
  asker(X, Y)@next :- asker(X, Y);
  patience(X, N - 1)@next :- patience(X, N), N > 0;
  patience(X, N)@next :- patience(X, N), N == 0;
  knows(Y, V)@async :- talks(X, Y), knows(X, V);
  asks(Y, X)@async :- patience(X, 0), asker(X, Y), notin knows(X, "x");
  knows(X, V)@async :- asks(Y, X), knows(Y, V);
  pre(Y, V) :- knows("a", V), asker(Y, _);
  post(Y, V) :- knows(Y, V);
`);

describe("a sweep", () => {
  test("grows EOT until the run without faults is correct and promises something, then EFF, then both", () => {
    const result = swept(libraryProgram("delivery/ack"), { crashes: 1, maxEot: 5 });
    expect(steps(result)).toEqual([
      "1 0 0 0",
      "2 0 0 holds",
      "2 0 1 holds",
      "3 2 1 holds",
      "4 3 1 holds",
      "5 4 1 holds",
    ]);
    expect(result).toMatchObject({
      kind: "certified",
      end: "max-eot",
      largest: { parameters: { eot: 5, eff: 4, crashes: 1 } },
    });
    expect(conclusionOf(result)).toBe("holds");
  });

  test("confirms a violation that more time does not repair, and reports where it began", () => {
    const result = swept(libraryProgram("delivery/simple"), {});
    expect(steps(result)).toEqual([
      "1 0 0 vacuous",
      "2 0 0 holds",
      "3 2 0 1",
      "4 2 0 1",
      "5 2 0 1",
      "6 2 0 1",
      "7 2 0 1",
    ]);
    expect(result).toMatchObject({
      kind: "violated",
      persistsTo: 7,
      smallest: { parameters: { eot: 3, eff: 2, crashes: 0 } },
    });
  });

  test("continues from where more time repairs a violation", () => {
    const result = swept(asking, { maxEot: 8 });
    const begin = ["1 0 0 0", "2 0 0 holds", "3 2 0 1", "4 2 0 1", "5 2 0 holds", "5 3 0 holds"];
    const pairs = ["5 4 0 2", "6 4 0 holds", "6 5 0 3", "7 5 0 holds", "7 6 0 4", "8 6 0 holds", "8 7 0 5"];
    expect(steps(result)).toEqual([...begin, ...pairs]);
    expect(result).toMatchObject({
      kind: "certified",
      end: "max-eot",
      largest: { parameters: { eot: 8, eff: 6 } },
      pending: { parameters: { eot: 8, eff: 7 } },
    });
    expect(conclusionOf(result)).toBe("inconclusive");
  });

  test("concludes as early as it is asked to", () => {
    const result = swept(asking, { maxEot: 8, patience: 1 });
    expect(result).toMatchObject({
      kind: "violated",
      persistsTo: 4,
      smallest: { parameters: { eot: 3, eff: 2, crashes: 0 } },
    });
  });

  test("reports no more crashes than the violation needs", () => {
    const result = swept(libraryProgram("delivery/simple"), { crashes: 2, patience: 2 });
    expect(result).toMatchObject({
      kind: "violated",
      smallest: { parameters: { eot: 3, eff: 2, crashes: 0 }, purpose: "crashes" },
    });
    expect(steps(result).slice(-3)).toEqual(["5 2 0 1", "4 2 0 1", "3 2 0 1"]);
    const needed = swept(libraryProgram("delivery/retry"), { crashes: 1, patience: 2 });
    expect(needed).toMatchObject({
      kind: "violated",
      smallest: { parameters: { eot: 3, eff: 2, crashes: 1 }, purpose: "faults" },
    });
    expect(steps(needed).slice(-1)).toEqual(["5 2 0 holds"]);
  });

  test("reports a protocol that is wrong without any fault, once its patience is over", () => {
    const result = swept(libraryProgram("gossip/name-collision"), {});
    expect(result).toMatchObject({
      kind: "violated",
      persistsTo: UNDISTURBED_LIMIT,
      smallest: { finding: { schedule: [] } },
    });
    expect(result.steps).toHaveLength(UNDISTURBED_LIMIT);
  });

  test("gives what promises something late its patience, beyond the limit too", () => {
    const late = programOf(`
      start("a")@${UNDISTURBED_LIMIT}; pre(X) :- begun(X); begun(X) :- start(X); begun(X)@next :- begun(X);
      first(X)@next :- start(X); second(X)@next :- first(X); post(X) :- second(X); post(X)@next :- post(X);
    `);
    const result = swept(late, { maxEot: UNDISTURBED_LIMIT + 3 });
    const [l, m, n] = [UNDISTURBED_LIMIT, UNDISTURBED_LIMIT + 1, UNDISTURBED_LIMIT + 2];
    expect(steps(result).slice(l - 1, l + 2)).toEqual([`${l} 0 0 0`, `${m} 0 0 0`, `${n} 0 0 holds`]);
    expect(conclusionOf(result)).toBe("holds");
  });

  test("ignores steps at which nothing is promised: they neither repair nor confirm a violation", () => {
    // Promised at EOT 4 only: kept without faults, and lost with the message.
    const once =
      'start("a", "b")@1; due("b", "a")@4; log(B, A)@async :- start(A, B); log(B, A)@next :- log(B, A); pre(B, A) :- due(B, A);';
    const result = swept(programOf(`${once} post(B, A) :- log(B, A);`), { maxEot: 20 });
    expect(steps(result)).toEqual([
      "1 0 0 vacuous",
      "2 0 0 vacuous",
      "3 0 0 vacuous",
      "4 0 0 holds",
      "4 2 0 1",
      "5 2 0 vacuous",
      "6 2 0 vacuous",
      "7 2 0 vacuous",
      "8 2 0 vacuous",
    ]);
    expect(result).toMatchObject({
      kind: "violated",
      persistsTo: 8,
      smallest: { parameters: { eot: 4, eff: 2, crashes: 0 } },
    });
    const broken = swept(programOf(`${once} post(B, A) :- log(B, A), notin due(B, A);`), {});
    expect(broken).toMatchObject({
      kind: "violated",
      persistsTo: UNDISTURBED_LIMIT,
      smallest: { parameters: { eot: 4, eff: 0 }, finding: { schedule: [] } },
    });
  });

  test("ends, though what is promised comes and goes and is never kept", () => {
    const blinking = programOf(`
      tick("a", "odd")@1; tick(N, "even")@next :- tick(N, "odd"); tick(N, "odd")@next :- tick(N, "even");
      pre(N) :- tick(N, "odd"); post(N) :- tick(N, "never");
    `);
    const result = swept(blinking, {});
    expect(result).toMatchObject({
      kind: "violated",
      persistsTo: UNDISTURBED_LIMIT,
      smallest: { parameters: { eot: 1 } },
    });
    expect(result.steps).toHaveLength(UNDISTURBED_LIMIT);
  });

  test("keeps a violation that it believes, wherever it is cut off after that", () => {
    const ends: string[] = [];
    swept(libraryProgram("delivery/simple"), {
      crashes: 1,
      patience: 1,
      onStep: (step, soFar) => step.purpose === "crashes" && ends.push(conclusionOf(soFar("timeout"))),
    });
    expect(ends).toEqual(["violated", "violated"]);
  });

  test("says that nothing is ever promised", () => {
    const result = swept(programOf('p("a")@1; pre(X) :- p(X), q(X); post(X) :- p(X); q("b")@1;'), {});
    expect(result).toMatchObject({ kind: "undecided", end: "vacuous" });
    expect(conclusionOf(result)).toBe("inconclusive");
  });

  const blamed = `o("a")@1; n("b")@1; n(N)@next :- n(N); m("b")@async :- o(F); m(N)@next :- m(N);
    pre(N) :- n(N), N == "b", notin m(N), since(N, 3); since("b", 1)@1; since(N, T + 1)@next :- since(N, T), T < 3; since(N, 3)@next :- since(N, 3);`;

  test("looks for promises that only faults bring about, before it reports that", () => {
    const wrong = swept(programOf(`${blamed} post(N) :- m(N);`), { maxEot: 5, patience: 1 });
    expect(steps(wrong).slice(4)).toEqual(["5 0 0 vacuous", "1 0 0 vacuous", "2 1 0 vacuous", "3 2 0 1", "4 2 0 1"]);
    const right = swept(programOf(`${blamed} post(N) :- n(N);`), { maxEot: 5 });
    expect(right.kind).toBe("certified");
  });

  test("looks up to the largest EOT that is given", () => {
    const late = programOf('p("a", 1)@1; p(N, T + 1)@next :- p(N, T); pre(N) :- p(N, 53); post(N) :- p(N, 99);');
    expect(swept(late, {})).toMatchObject({ kind: "undecided", end: "vacuous" });
    expect(swept(late, { maxEot: 53 })).toMatchObject({ end: "max-eot", pending: { parameters: { eot: 53 } } });
  });

  test("keeps what was certified when the time is up, or when it is interrupted", () => {
    let clock = 0;
    const late = swept(libraryProgram("delivery/redundant"), {
      timeout: 5,
      now: () => clock,
      onStep: (step) => (clock = step.parameters.eot >= 4 ? 6000 : 0),
    });
    expect(late).toMatchObject({ kind: "certified", end: "timeout", largest: { parameters: { eot: 4, eff: 3 } } });
    expect(conclusionOf(late)).toBe("holds");
    let seen = 0;
    const cut = swept(libraryProgram("delivery/redundant"), { interrupted: () => seen >= 3, onStep: () => seen++ });
    expect(cut).toMatchObject({ kind: "certified", end: "interrupted" });
    expect(conclusionOf(cut)).toBe("inconclusive");
  });

  test("announces after each step what it would conclude if it ended there", () => {
    const kinds: string[] = [];
    swept(libraryProgram("delivery/simple"), {
      patience: 1,
      onStep: (_, soFar) => kinds.push(soFar("interrupted").kind),
    });
    expect(kinds).toEqual(["undecided", "certified", "certified", "certified"]);
  });

  test("ends at an error that a schedule reaches, with the steps before it", () => {
    const failing = programOf(`
      s("a", "b")@1; s(X, Y)@next :- s(X, Y);
      got(Y, 1)@async :- s(X, Y);
      ok(Y) :- got(Y, _); n("b", 0)@1; n("b", 1)@4; n(Y, N)@next :- n(Y, N), notin ok(Y);
      one("b", 1)@3; bad(Y, M / N) :- one(Y, M), n(Y, N);
      pre(X, 1) :- s(X, _); post(X, 1) :- s(X, _);
    `);
    const result = swept(failing, { maxEot: 6 });
    expect(result.kind).toBe("error");
    expect(conclusionOf(result)).toBe("error");
  });

  test.each([
    ["commit/3pc", 1],
    ["replication/kafka-isr", 1],
    ["services/tiers", 2],
  ] as const)("of %s asks what a check of each budget answers", (name, crashes) => {
    const program = libraryProgram(name);
    const result = swept(program, { crashes, maxEot: 9 });
    for (const { parameters, finding } of result.steps) {
      const { setting } = prepare(program, parameters);
      const direct = setting === undefined ? undefined : check(setting, {});
      expect(direct).toMatchObject({ kind: "verdict", verdict: { kind: finding.kind } });
    }
  });
});

test("the patience is what the protocol needed undisturbed, and four instants at least", () => {
  expect([1, 4, 9].map(patienceFor)).toEqual([4, 4, 9]);
});
