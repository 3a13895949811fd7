import { describe, expect, test } from "vitest";
import { formatSchedule } from "../../src/faults/notation.js";
import { lintProgram } from "../../src/program/lint/index.js";
import type { CheckOptions } from "../../src/search/check.js";
import { prepare } from "../../src/search/check.js";
import { brokenPromises } from "../../src/search/witnesses.js";
import { programOf } from "../program/programs.js";
import { decided, settingOf, verdictOn } from "./deciding.js";

/** Something is sent to two nodes; a crash of its sender loses it, and two of three have it without the third. */
const spread = `
  send("a", "b")@1; send("a", "c")@1;
  got(Y)@async :- send(_X, Y); got(Y)@next :- got(Y);
  due("b")@1; due("c")@1; due(N)@next :- due(N);
  alone(N) :- got(N), due(M), notin got(M);`;
const promises = "//! promise kept pre=due post=got\n//! promise fair never=alone\n";
const bounds: CheckOptions = { eot: 3, eff: 2, crashes: 1 };

/** The first counterexample, with the promises that it breaks. */
function found(text: string, options: CheckOptions): string {
  const verdict = verdictOn(text, options);
  if (verdict.kind !== "violated") return verdict.kind;
  const { schedule, witnesses } = verdict.counterexample;
  return `${formatSchedule(schedule)} breaks ${brokenPromises(verdict.specification, witnesses).join(", ")}`;
}

/** The minimal schedules of each promise. */
function all(text: string, options: CheckOptions): readonly string[] {
  const verdict = verdictOn(text, { ...options, all: true });
  if (verdict.kind !== "violated") return [verdict.kind];
  expect(verdict.minimal?.complete).toBe(true);
  return (verdict.minimal?.counterexamples ?? []).map((c) => `${c.minimalFor}: ${formatSchedule(c.schedule)}`);
}

describe("several promises", () => {
  test("are checked in one question: the fewest faults that break any, and all that those break", () => {
    expect(found(promises + spread, bounds)).toBe("crash(a,1) breaks kept");
    expect(found(promises + spread, { ...bounds, crashes: 0 })).toBe("omit(a,b,1) breaks kept, fair");
  });

  test.each(["lineage", "exhaustive", "alternate"] as const)("are distinguished by %s", (strategy) => {
    const by = (promise: readonly string[]): string => decided(promises + spread, { ...bounds, promise, strategy });
    expect(by(["kept"])).toBe("violated crash(a,1)");
    expect(by(["fair"])).toBe("violated omit(a,b,1)");
    expect(by(["kept", "fair"])).toBe("violated crash(a,1)");
  });

  test.each(["lineage", "exhaustive"] as const)("have minimal schedules of their own, by %s", (strategy) => {
    expect(all(promises + spread, { ...bounds, strategy })).toEqual([
      "kept: crash(a,1)",
      "kept: omit(a,b,1)",
      "kept: omit(a,c,1)",
      "fair: omit(a,b,1)",
      "fair: omit(a,c,1)",
    ]);
  });

  test.each(["lineage", "exhaustive"] as const)("do not hide each other where one fails without faults, by %s", (s) => {
    const wrong = `${promises}//! promise quiet never=got\n${spread}`;
    expect(found(wrong, { ...bounds, strategy: s })).toBe("{} breaks quiet");
    expect(all(wrong, { eot: 3, eff: 2, strategy: s })).toEqual([
      "kept: omit(a,b,1)",
      "kept: omit(a,c,1)",
      "fair: omit(a,b,1)",
      "fair: omit(a,c,1)",
      "quiet: {}",
    ]);
  });

  test("take no outcomes from persistent relations, and have `default` where `pre`, `post` or `never` is defined", () => {
    const specification = (text: string, options: CheckOptions = {}) => settingOf(text, options).specification;
    expect(specification(promises + spread)).toMatchObject({ asked: [{ name: "kept" }, { name: "fair" }] });
    expect(specification(`${promises + spread} post(N) :- got(N);`)).toMatchObject({
      asked: [{ name: "default", condition: { kind: "post-only" } }, { name: "kept" }, { name: "fair" }],
    });
    expect(specification(promises + spread, { never: "alone", promise: ["default"] })).toMatchObject({
      asked: [{ name: "default", condition: { kind: "never" } }],
    });
    // Without the lines, nothing is as it was not before.
    expect(specification(spread)).toMatchObject({ kind: "persistent" });
    expect(specification(`${spread} post(N) :- got(N);`, { promise: ["default"] })).toMatchObject({
      kind: "post-only",
    });
  });

  test("with a name that there is not are an error that names those there are", () => {
    const errors = (text: string, promise: readonly string[]) =>
      prepare(programOf(text), { promise }).diagnostics.map(
        ({ code, message, help }) => `${code}: ${message}; ${help}`,
      );
    expect(errors(promises + spread, ["fiar"])).toEqual([
      "unknown-promise: the program has no promise `fiar`; did you mean `fair`?",
    ]);
    expect(errors(promises + spread, ["default"])).toEqual([
      "unknown-promise: the program has no promise `default`: it defines neither `pre` and `post` nor `never`; its promises are kept, fair",
    ]);
    expect(errors(spread, ["kept"])).toEqual([
      "unknown-promise: the program has no promise `kept`; its promise is default",
    ]);
  });

  test("are vacuous one by one", () => {
    const text = `//! promise never_due pre=early post=got\n${promises}early("z")@1;${spread}`;
    const verdict = verdictOn(text, { eot: 3, eff: 0 });
    expect(verdict.kind).toBe("holds");
    expect(verdict.warnings.filter(({ kind }) => kind === "vacuous")).toEqual([
      expect.objectContaining({ kind: "vacuous", promise: "never_due", under: "every-schedule" }),
    ]);
  });
});

describe("a promise that is not asked for", () => {
  // What `fair` reads would be forgotten when `a` restarts, if asking for `kept` alone made it the protocol's.
  const text = `//! promise kept post=here\n//! promise fair never=was
    up("a")@1; up(N)@next :- up(N); here(N) :- up(N);
    was(N) :- mark(N); was(N)@next :- was(N); mark("a")@9;`;

  test("keeps its relations observer relations", () => {
    const memory = (promise?: readonly string[]) => {
      const { program, memory } = settingOf(text, { eot: 5, eff: 5, restarts: 1, promise });
      return [...(memory?.observer ?? [])].map((id) => program.relations[id]?.name).sort();
    };
    expect(memory(["kept"])).toEqual(["here", "was"]);
    expect(memory()).toEqual(["here", "was"]);
  });

  test("keeps its relations part of the specification for lints", () => {
    const program = programOf(promises + spread);
    expect(lintProgram(program, {}).map(({ code }) => code)).toEqual([]);
    const without = programOf(spread);
    expect(lintProgram(without, {}).map(({ code }) => code)).toContain("unread-relation");
  });
});
