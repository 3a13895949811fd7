import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { diskFiles } from "../../src/disk/disk-files.js";
import { formatSchedule } from "../../src/faults/notation.js";
import { loadProgram } from "../../src/program/load.js";
import type { CheckOptions } from "../../src/search/check.js";
import { check, prepare } from "../../src/search/check.js";
import type { Setting } from "../../src/search/search.js";
import type { Counterexample, Verdict } from "../../src/search/verdict.js";

// Programs in which a fault makes tuples appear. Losing derivations, the one thing that provenance without negation
// sees, is not enough to find these violations. Everything expected here was worked out by hand; the reasoning stands
// in the comment of each program.

const folder = fileURLToPath(new URL("../programs/faults-add-tuples/", import.meta.url));

type Bounds = Required<Pick<CheckOptions, "eot" | "eff" | "crashes">>;

interface Case extends Bounds {
  readonly program: string;
  /** Every minimal counterexample, the one reported first; none: the program holds. */
  readonly schedules: readonly string[];
  /** Of the counterexample reported. */
  readonly witnesses: readonly string[];
}

function setUp(program: string, bounds: Bounds): Setting {
  const loaded = loadProgram([`${folder}${program}.ded`], diskFiles(undefined));
  expect(loaded.diagnostics).toEqual([]);
  const setting = loaded.program && prepare(loaded.program, bounds).setting;
  if (setting === undefined) throw new Error(`${program}.ded cannot be checked`);
  return setting;
}

function verdictOf(setting: Setting, options: CheckOptions): Verdict {
  const result = check(setting, options);
  if (result.kind === "error") throw new Error(`${setting.budget.eot}: the program failed`);
  return result.verdict;
}

function witnessesOf({ program }: Setting, { witnesses }: Counterexample): readonly string[] {
  return witnesses.map(
    ({ relation, args }) => `${program.relations[relation]?.name}(${args.map((v) => JSON.stringify(v)).join(", ")})`,
  );
}

const cases: readonly Case[] = [
  { program: "abort-on-loss", eot: 4, eff: 2, crashes: 0, schedules: ["omit(a,b,1)"], witnesses: ['post("b", "t1")'] },
  { program: "abort-on-loss", eot: 4, eff: 0, crashes: 1, schedules: ["crash(a,1)"], witnesses: ['post("b", "t1")'] },
  { program: "abort-on-loss", eot: 4, eff: 1, crashes: 0, schedules: [], witnesses: [] },
  {
    program: "post-removed-by-crash",
    eot: 3,
    eff: 0,
    crashes: 1,
    schedules: ["crash(a,3)", "crash(b,3)"],
    witnesses: ['post("a", "x")'],
  },
  { program: "post-removed-by-crash", eot: 3, eff: 2, crashes: 0, schedules: [], witnesses: [] },
  {
    program: "count-falls",
    eot: 3,
    eff: 2,
    crashes: 0,
    schedules: ["omit(a,p,1) omit(b,p,1)", "omit(a,p,1) omit(c,p,1)", "omit(b,p,1) omit(c,p,1)"],
    witnesses: ['post("p", "v")'],
  },
  { program: "count-falls", eot: 3, eff: 1, crashes: 1, schedules: [], witnesses: [] },
  {
    program: "count-rises",
    eot: 3,
    eff: 2,
    crashes: 0,
    schedules: ["omit(a,m,1) omit(b,m,1)", "omit(a,m,1) omit(c,m,1)", "omit(b,m,1) omit(c,m,1)"],
    witnesses: ['post("m", "calm")'],
  },
  { program: "count-rises", eot: 3, eff: 1, crashes: 1, schedules: [], witnesses: [] },
  { program: "max-changes", eot: 3, eff: 2, crashes: 0, schedules: ["omit(b,m,1)"], witnesses: ['post("m", 20)'] },
  { program: "max-changes", eot: 3, eff: 0, crashes: 1, schedules: ["crash(b,1)"], witnesses: ['post("m", 20)'] },
  {
    program: "two-negations",
    eot: 3,
    eff: 2,
    crashes: 0,
    schedules: ["omit(a,b,1) omit(c,b,1)"],
    witnesses: ['post("b")'],
  },
  {
    program: "two-negations",
    eot: 3,
    eff: 2,
    crashes: 1,
    schedules: ["crash(a,1) omit(c,b,1)", "crash(c,1) omit(a,b,1)", "omit(a,b,1) omit(c,b,1)"],
    witnesses: ['post("b")'],
  },
  { program: "two-negations", eot: 3, eff: 0, crashes: 1, schedules: [], witnesses: [] },
  {
    program: "recursion-cut",
    eot: 3,
    eff: 2,
    crashes: 0,
    schedules: ["omit(b,m,1)", "omit(c,m,1) omit(d,m,1)"],
    witnesses: ['post("m", "a", "d")'],
  },
  {
    program: "recursion-cut",
    eot: 3,
    eff: 0,
    crashes: 1,
    schedules: ["crash(b,1)"],
    witnesses: ['post("m", "a", "d")'],
  },
  {
    program: "pre-under-faults",
    eot: 4,
    eff: 2,
    crashes: 0,
    schedules: ["omit(a,b,1)"],
    witnesses: ['post("a", "job")'],
  },
  {
    program: "pre-under-faults",
    eot: 4,
    eff: 3,
    crashes: 0,
    schedules: ["omit(a,b,1)", "omit(b,a,2)"],
    witnesses: ['post("a", "job")'],
  },
  {
    program: "pre-under-faults",
    eot: 4,
    eff: 0,
    crashes: 1,
    schedules: ["crash(b,2)"],
    witnesses: ['post("a", "job")'],
  },
  { program: "pre-under-faults", eot: 4, eff: 1, crashes: 0, schedules: [], witnesses: [] },
];

describe.each(cases)(
  "$program at EOT $eot, EFF $eff, $crashes crashes",
  ({ program, schedules, witnesses, ...bounds }) => {
    const setting = setUp(program, bounds);

    test("the verdict, the smallest schedule and its witnesses are those worked out by hand", () => {
      const verdict = verdictOf(setting, bounds);
      if (verdict.kind !== "violated") {
        expect({ kind: verdict.kind, schedules }).toEqual({ kind: "holds", schedules: [] });
        return;
      }
      expect(formatSchedule(verdict.counterexample.schedule)).toBe(schedules[0]);
      expect(witnessesOf(setting, verdict.counterexample)).toEqual(witnesses);
      expect(verdict.smallest).toBe(true);
    });

    test("so are all minimal counterexamples", () => {
      const verdict = verdictOf(setting, { ...bounds, all: true });
      const found =
        verdict.kind === "violated"
          ? verdict.minimal?.counterexamples.map(({ schedule }) => formatSchedule(schedule))
          : [];
      expect(found).toEqual(schedules);
    });

    test.each(["exhaustive", "alternate"] as const)("the strategy %s reaches the same verdict", (strategy) => {
      const verdict = verdictOf(setting, { ...bounds, strategy });
      expect(verdict.kind).toBe(schedules.length === 0 ? "holds" : "violated");
      if (verdict.kind === "violated" && verdict.smallest) {
        expect(verdict.counterexample.schedule).toHaveLength(schedules[0]?.split(" ").length ?? 0);
      }
    });
  },
);
