import { describe, expect, test } from "vitest";
import { formatSchedule } from "../../src/faults/notation.js";
import { lintProgram } from "../../src/program/lint/index.js";
import type { CheckOptions } from "../../src/search/check.js";
import type { ReachFinding } from "../../src/search/reach-findings.js";
import { programOf } from "../program/programs.js";
import { settingOf, verdictOn } from "./deciding.js";

/** b takes over when it has not heard of a at some instant, and then leads from the next. */
const takeover = `
  up("a")@1; up(N)@next :- up(N);
  beat("b", N)@async :- up(N), N == "a";
  waiting("b")@2; waiting(N)@next :- waiting(N);
  leads(N, "second")@next :- waiting(N), notin beat(N, _);
  pre(N) :- up(N); post(N) :- up(N);`;
const bounds: CheckOptions = { eot: 5, eff: 4, crashes: 1 };

function shown(finding: ReachFinding): string {
  return finding.kind === "reached"
    ? `${finding.reach.text} at ${finding.instant} by ${formatSchedule(finding.scenario.schedule)}${finding.fewest ? "" : " or fewer"}`
    : `${finding.reach.text} ${finding.kind}`;
}

function reached(text: string, options: CheckOptions = bounds): readonly string[] {
  const verdict = verdictOn(text, options);
  if (verdict.kind === "violated") throw new Error("violated");
  return (verdict.reach ?? []).map(shown);
}

function counted(text: string, options: CheckOptions = bounds): readonly string[] {
  return verdictOn(text, options).warnings.flatMap(({ kind }) =>
    kind === "not-reached" || kind === "relation-never-filled" ? [kind] : [],
  );
}

describe("what a `reach` line names", () => {
  const lines = '//! reach leads("b", _)\n//! reach leads("b", "first")\n//! reach beat\n';

  test.each(["lineage", "exhaustive"] as const)("is reached with the fewest faults, then earliest: %s", (strategy) => {
    expect(reached(lines + takeover, { ...bounds, strategy })).toEqual([
      'leads("b", _) at 3 by crash(a,1)',
      'leads("b", "first") not-reached',
      "beat at 2 by {}",
    ]);
    expect(counted(lines + takeover, { ...bounds, strategy })).toEqual(["not-reached"]);
  });

  test("is earliest among schedules with as many faults, though the order of schedules has a later one first", () => {
    // One loss does, at any instant; crash(a,4) would come first in the order.
    expect(reached(`//! reach leads("b", _)\n${takeover}`, { ...bounds, crashes: 1, omissions: 0 })).toEqual([
      'leads("b", _) at 3 by crash(a,1)',
    ]);
    expect(reached(`//! reach leads("b", _)\n${takeover}`, { ...bounds, crashes: 0 })).toEqual([
      'leads("b", _) at 3 by omit(a,b,1)',
    ]);
  });

  test("is judged by the runs that alternation and random made, without a warning if none of them has it", () => {
    expect(reached(lines + takeover, { ...bounds, strategy: "alternate" })).toContain('leads("b", "first") not-seen');
    expect(counted(lines + takeover, { ...bounds, strategy: "alternate" })).toEqual([]);
    const random = reached(lines + takeover, { ...bounds, strategy: "random", maxRuns: 20 });
    expect(random).toContain('leads("b", "first") not-seen');
    expect(random.some((line) => line.startsWith('leads("b", _) at ') && line.endsWith(" or fewer"))).toBe(true);
    expect(counted(lines + takeover, { ...bounds, strategy: "random", maxRuns: 20 })).toEqual([]);
  });

  test("is judged only by checks that allow at least as much", () => {
    const text = `//! reach leads("b", _) eot=5 crashes=1 omissions=2\n${takeover}`;
    expect(reached(text)).toHaveLength(1);
    expect(reached(text, { ...bounds, eot: 4, eff: 3 })).toEqual([]);
    expect(reached(text, { ...bounds, crashes: 0 })).toEqual([]);
    expect(reached(text, { ...bounds, omissions: 1 })).toEqual([]);
    expect(reached(text, { ...bounds, omissions: 2 })).toHaveLength(1);
    expect(reached(`//! reach beat lateness=2\n${takeover}`)).toEqual([]);
    expect(reached(`//! reach beat lateness=2\n${takeover}`, { ...bounds, delays: 1, lateness: 2 })).toEqual([
      "beat at 2 by {}",
    ]);
  });

  test("may need another input than the usual one, which costs nothing", () => {
    const open = `//! maybe calm("b")@2\n//! reach quiet\n${takeover} quiet(N) :- calm(N), beat(N, _);`;
    expect(reached(open)).toEqual(["quiet at 2 by {}"]);
    expect(reached(open, { ...bounds, strategy: "exhaustive" })).toEqual(["quiet at 2 by {}"]);
  });

  test("counts as read, and is not history of the specification", () => {
    const text = `${takeover} alarm(N) :- leads(N, _);`;
    const codes = (program: string) => lintProgram(programOf(program), {}).map(({ code }) => code);
    expect(codes(text)).toContain("unread-relation");
    expect(codes(`//! reach alarm\n${text}`)).toEqual(codes(text).filter((code) => code !== "unread-relation"));
    // It stays the protocol's: a restart forgets it.
    const { program, memory } = settingOf(`//! reach leads\n${takeover}`, { ...bounds, restarts: 1 });
    expect([...(memory?.observer ?? [])].map((id) => program.relations[id]?.name).sort()).toEqual(["post", "pre"]);
  });
});

test("a `holds` names the relations of the protocol that no schedule fills, unless a line of their own does", () => {
  const odd = `${takeover} odd("b", N)@async :- up(N), beat(N, _); odd(N, M)@next :- odd(N, M); odd2("a", N)@async :- odd(N, _);`;
  const named = (text: string) =>
    verdictOn(text, bounds).warnings.flatMap((w) => (w.kind === "relation-never-filled" ? w.relations : [])).length;
  expect(named(odd)).toBe(2);
  expect(named(`//! reach odd\n${odd}`)).toBe(1);
  expect(counted(`//! reach odd\n${odd}`)).toEqual(["relation-never-filled", "not-reached"]);
  // Rules on `restart` wait for restarts.
  const back = `${takeover} back("a", N)@async :- restart(N); back(N, M)@next :- back(N, M);`;
  expect(named(back)).toBe(0);
});

test("what only faults bring about is known of a `holds`", () => {
  const verdict = verdictOn(takeover, bounds);
  if (verdict.kind !== "holds") throw new Error(verdict.kind);
  const { relations } = programOf(takeover);
  expect(verdict.onlyUnderFaults?.relations.map((id) => relations[id]?.name)).toEqual(["leads"]);
  expect(verdict.onlyUnderFaults?.rules).toEqual([3]);
});
