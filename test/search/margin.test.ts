import { describe, expect, it } from "vitest";
import { diskFiles } from "../../src/disk/disk-files.js";
import type { TupleAt } from "../../src/execution/execution.js";
import { run } from "../../src/execution/run.js";
import type { Fault } from "../../src/faults/kinds.js";
import { compareFaults } from "../../src/faults/kinds.js";
import { formatFault, formatSchedule } from "../../src/faults/notation.js";
import { schedule } from "../../src/faults/schedule.js";
import { loadProgram } from "../../src/program/load.js";
import { prepare } from "../../src/search/check.js";
import { isExact } from "../../src/search/independent-derivations.js";
import type { Margin } from "../../src/search/margin.js";
import { marginOf } from "../../src/search/margin.js";
import { programOf } from "../program/programs.js";

const broadcast = `
  member("a", "b")@1; member("a", "c")@1; member(X, Y)@next :- member(X, Y);
  bcast("a", "hello")@1;
  log(X, M) :- bcast(X, M); log(X, M)@next :- log(X, M);
  pre("x", M) :- bcast(_, M)@1; post("x", M) :- log("b", M), log("c", M);
`;
const once = `${broadcast} log(Y, M)@async :- bcast(X, M), member(X, Y);`;
const forEver = `${broadcast} log(Y, M)@async :- log(X, M), member(X, Y);`;

function margin(text: string, eot: number, eff: number): Margin {
  const { setting } = prepare(programOf(text), { eot, eff, crashes: 0 });
  if (setting === undefined) throw new Error("the setting was refused");
  return marginOf(setting, {});
}

function singles({ singlePoints }: Margin): readonly string[] {
  return singlePoints === "undecided" ? [singlePoints] : singlePoints.map(formatFault).sort();
}

describe("the margin of what holds", () => {
  it("names the messages and the node that a broadcast without retries cannot spare", () => {
    expect(singles(margin(once, 4, 1))).toEqual(["crash(a,1)", "omit(a,b,1)", "omit(a,c,1)"]);
  });

  it("finds no single message where the sender retries, but the sender's crash before it has sent anything", () => {
    expect(singles(margin(forEver, 4, 1))).toEqual(["crash(a,1)"]);
  });

  it("has the smallest violation with any number of crashes and the budget's losses", () => {
    const { beyondCrashes } = margin(forEver, 4, 1);
    expect(typeof beyondCrashes === "string" ? beyondCrashes : beyondCrashes.schedule).toEqual([
      { kind: "crash", node: "a", at: 1 },
    ]);
  });

  it("has the number of faults if every message could be lost: one for each of the sender's attempts", () => {
    const excused = forEver.replace(
      'pre("x", M) :- bcast(_, M)@1;',
      'pre("x", M) :- bcast(X, M)@1, notin crash(X, X, _);',
    );
    const { beyondCrashes, beyondEverything, singlePoints } = margin(excused, 4, 1);
    expect(beyondCrashes).toBe("none");
    expect(beyondEverything).toEqual([1, 2, 3].map((at) => ({ kind: "omission", from: "a", to: "b", at })));
    expect(singlePoints).toEqual([]);
  });

  it("lifts the bound of each kind of fault in turn, and the others stay", () => {
    const found = ({ beyond }: Margin): readonly string[] =>
      beyond.map(({ kind, most, found: violation }) => {
        const said = typeof violation === "string" ? violation : formatSchedule(violation.schedule);
        return `${kind ?? "all"} ${most}: ${said}`;
      });
    // Losses have no bound already. EOT is 6, and what is sent from 3 on arrives.
    expect(found(margin(forEver, 6, 3))).toEqual([
      "crash Infinity: crash(a,1)",
      "restart Infinity: restart(a,2,3) restart(b,2,3)",
      "pause Infinity: none",
      "partition 1: none",
      "partial-partition 1: none",
      "one-way-partition 1: none",
      "delay Infinity: none",
      "duplicate Infinity: none",
    ]);
    const lossless = { eot: 6, eff: 4, omissions: 0, pauses: 1, partitions: 1, maxFaults: 1 };
    const { setting } = prepare(programOf(once), lossless);
    if (setting === undefined) throw new Error("the setting was refused");
    expect(found(marginOf({ ...setting, budget: { ...setting.budget, partitions: 0 } }, {}))).toEqual([
      "crash Infinity: crash(a,1)",
      "restart Infinity: restart(b,2,3)",
      "pause Infinity: none",
      "partition 1: cut(a|b,c,1,1)",
      "partial-partition 1: cut(a|b,1,1)",
      "one-way-partition 1: cut(a>b,c,1,1)",
      "omission Infinity: omit(a,b,1)",
      "delay Infinity: none",
      "duplicate Infinity: none",
      "all Infinity: none",
    ]);
  });

  it("says so when no number of crashes matters", () => {
    const local = `bcast("a", "hello")@1; log(X, M) :- bcast(X, M); log(X, M)@next :- log(X, M); pre(X, M) :- log(X, M); post(X, M) :- log(X, M);`;
    expect(margin(local, 4, 3)).toMatchObject({ beyondCrashes: "none", beyondEverything: "none", singlePoints: [] });
  });
});

interface Told {
  readonly derivations: readonly string[];
  readonly fewestLosses: string;
  readonly shared: string;
  readonly exact: boolean;
}

/** What each outcome rests on, by its tuple. */
function outcomes(text: string, eot: number, eff: number): Readonly<Record<string, Told>> {
  const told = margin(text, eot, eff).outcomes.map((found): readonly [string, Told] => {
    const { outcome, derivations, fewestLosses, shared } = found;
    const losses = fewestLosses === "none" ? fewestLosses : formatSchedule(fewestLosses);
    return [
      outcome.args.join(),
      {
        derivations: derivations.map(formatSchedule),
        fewestLosses: losses,
        shared: formatSchedule(shared),
        exact: isExact(found),
      },
    ];
  });
  return Object.fromEntries(told);
}

describe("the independent derivations of an outcome", () => {
  it("are one for each attempt, where the sender retries", () => {
    const toOne = forEver.replace('post("x", M) :- log("b", M), log("c", M);', 'post("x", M) :- log("b", M);');
    expect(outcomes(toOne, 4, 1)).toEqual({
      "x,hello": {
        derivations: ["omit(a,b,1)", "omit(a,b,2)", "omit(a,b,3)"],
        fewestLosses: "omit(a,b,1) omit(a,b,2) omit(a,b,3)",
        shared: "crash(a,1)",
        exact: true,
      },
    });
  });

  it("are one, with what it shares with itself, where nobody retries", () => {
    expect(outcomes(once, 4, 1)).toEqual({
      "x,hello": {
        derivations: ["omit(a,b,1) omit(a,c,1)"],
        fewestLosses: "omit(a,b,1)",
        shared: "crash(a,1) omit(a,b,1) omit(a,c,1)",
        exact: true,
      },
    });
  });

  it("are counted outcome by outcome", () => {
    const two = `
      s("a", 1)@1; s("a", 2)@1; s(X, N)@next :- s(X, N); to("a", "b")@1; to(X, Y)@next :- to(X, Y);
      later(X)@next :- s(X, _); later(X)@next :- later(X);
      got(Y, 1)@async :- s(X, 1), to(X, Y), notin later(X); got(Y, 2)@async :- s(X, 2), to(X, Y); got(X, N)@next :- got(X, N);
      pre(N) :- s(_, N); post(N) :- got(_, N);`;
    const found = outcomes(two, 3, 1);
    expect(found["1"]?.derivations).toEqual(["omit(a,b,1)"]);
    expect(found["2"]?.derivations).toEqual(["omit(a,b,1)", "omit(a,b,2)"]);
  });

  it("are found if a later one happens only because an earlier one was lost", () => {
    const untilAcknowledged = `
      to("a", "b")@1; to(X, Y)@next :- to(X, Y); want("a")@1; want(X)@next :- want(X);
      log(Y)@async :- want(X), to(X, Y), notin acked(X); log(Y)@next :- log(Y);
      ack("a", Y)@async :- log(Y); acked(X)@next :- ack(X, _); acked(X)@next :- acked(X);
      pre("x") :- want(_); post("x") :- log(_);`;
    expect(outcomes(untilAcknowledged, 5, 1).x).toEqual({
      derivations: ["omit(a,b,1)", "omit(a,b,2)", "omit(a,b,3)", "omit(a,b,4)"],
      fewestLosses: "omit(a,b,1) omit(a,b,2) omit(a,b,3) omit(a,b,4)",
      shared: "crash(a,1)",
      exact: true,
    });
  });

  it("overlap if two of three answers are enough, so that no cut confirms their number", () => {
    const quorum = `
      ask("a", "b")@1; ask("a", "c")@1; ask("a", "d")@1;
      asked(Y, X)@async :- ask(X, Y); answer(X, Y)@async :- asked(Y, X); answer(X, Y)@next :- answer(X, Y);
      pre("x") :- ask(_, _)@1; post("x") :- answer(X, Y), answer(X, Z), Y != Z;`;
    expect(outcomes(quorum, 4, 1).x).toEqual({
      derivations: ["omit(a,b,1) omit(a,d,1) omit(b,a,2) omit(d,a,2)"],
      fewestLosses: "omit(a,b,1) omit(a,c,1)",
      shared: "crash(a,1)",
      exact: false,
    });
  });

  it("need no message if the outcome is present whatever is lost", () => {
    const local = `bcast("a", "hello")@1; log(X, M) :- bcast(X, M); log(X, M)@next :- log(X, M); pre(X, M) :- log(X, M); post(X, M) :- log(X, M);`;
    expect(outcomes(local, 4, 3)).toEqual({
      "a,hello": { derivations: [], fewestLosses: "none", shared: "{}", exact: true },
    });
  });

  it("are left undecided where a limit comes first, and what was found before is kept", () => {
    const { setting } = prepare(programOf(forEver), { eot: 4, eff: 1, crashes: 0 });
    if (setting === undefined) throw new Error("the setting was refused");
    let calls = 0;
    marginOf(setting, { interrupted: () => ++calls < 0 });
    const last = calls;
    calls = 0;
    const found = marginOf(setting, { interrupted: () => ++calls >= last });
    expect(found.outcomesComplete).toBe(false);
    expect(found.singlePoints).not.toBe("undecided");
  });

  it("each keep the outcome in every run in which their messages arrive, and the fewest losses take it away", () => {
    const { program } = loadProgram(["programs/delivery/ack.ded"], diskFiles(undefined));
    if (program === undefined) throw new Error("the program was refused");
    const { setting } = prepare(program, { eot: 5, eff: 4, crashes: 1 });
    if (setting === undefined) throw new Error("the setting was refused");
    const { nodes, eot } = setting.budget;
    const messages = nodes.flatMap((from) =>
      nodes.flatMap((to) => (from === to ? [] : [1, 2, 3, 4].map((at): Fault => ({ kind: "omission", from, to, at })))),
    );
    const holds = (outcome: TupleAt, lost: readonly Fault[]): boolean => {
      const result = run(program, { nodes, eot, schedule: schedule(lost) });
      return result.kind === "run" && result.execution.has(outcome.relation, outcome.instant, outcome.args);
    };
    const { outcomes: found } = marginOf(setting, {});
    expect(found.length).toBe(3);
    for (const { outcome, derivations, fewestLosses } of found) {
      if (fewestLosses === "none") expect(holds(outcome, messages)).toBe(true);
      else expect(holds(outcome, fewestLosses)).toBe(false);
      for (const derivation of derivations) {
        const others = messages.filter((message) => derivation.every((needed) => compareFaults(message, needed) !== 0));
        for (let some = 0; some < 30; some++)
          expect(
            holds(
              outcome,
              others.filter((_, i) => some === 0 || (i * 7 + some * 5) % 11 < some % 11),
            ),
          ).toBe(true);
      }
    }
  });
});
