import { describe, expect, it } from "vitest";
import { formatFault } from "../../src/faults/schedule.js";
import { prepare } from "../../src/search/check.js";
import { marginOf } from "../../src/search/margin.js";
import type { Margin } from "../../src/search/margin.js";
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

  it("tells the smallest violation with any number of crashes and the budget's losses", () => {
    const { beyondCrashes } = margin(forEver, 4, 1);
    expect(typeof beyondCrashes === "string" ? beyondCrashes : beyondCrashes.counterexample.schedule).toEqual([{ kind: "crash", node: "a", at: 1 }]);
  });

  it("tells how many faults it takes if every message could fail: one for each of the sender's attempts", () => {
    const excused = forEver.replace('pre("x", M) :- bcast(_, M)@1;', 'pre("x", M) :- bcast(X, M)@1, notin crash(X, X, _);');
    const { beyondCrashes, beyondEverything, singlePoints } = margin(excused, 4, 1);
    expect(beyondCrashes).toBe("none");
    expect(beyondEverything).toEqual([1, 2, 3].map((at) => ({ kind: "omission", from: "a", to: "b", at })));
    expect(singlePoints).toEqual([]);
  });

  it("says so when no number of crashes matters", () => {
    const local = `bcast("a", "hello")@1; log(X, M) :- bcast(X, M); log(X, M)@next :- log(X, M); pre(X, M) :- log(X, M); post(X, M) :- log(X, M);`;
    expect(margin(local, 4, 3)).toEqual({ beyondCrashes: "none", beyondEverything: "none", singlePoints: [] });
  });
});
