import { describe, expect, it } from "vitest";
import { headPattern, unifyHead } from "../../src/execution/matching.js";
import type { PartialMatch, Tuples } from "../../src/execution/partial-matches.js";
import { enumerateMatches } from "../../src/execution/partial-matches.js";
import type { ValueId } from "../../src/execution/values.js";
import { ValueTable } from "../../src/execution/values.js";
import type { Program, Rule, Value } from "../../src/program/program.js";
import { programOf } from "../program/programs.js";

/** The facts of a program, at the instant of each. */
function factsOf(program: Program): Tuples {
  const values = new ValueTable();
  return {
    values,
    tuples: (relation, instant) =>
      program.facts
        .filter((fact) => fact.relation === relation && fact.instant === instant)
        .map(({ args }) => args.map((value) => values.intern(value))),
  };
}

/** What an enumeration of the one rule of a program meets at instant 1, when its head is to be `head`. */
function events(text: string, ...head: readonly (Value | undefined)[]): readonly string[] {
  const program = programOf(text);
  const [rule] = program.rules;
  if (rule === undefined) throw new Error("no rule");
  const tuples = factsOf(program);
  const { values } = tuples;
  const start = unifyHead(
    rule,
    head.map((value) => (value === undefined ? undefined : values.intern(value))),
    values,
  );
  if (start === undefined) return ["the head cannot be that"];
  const found: string[] = [];
  const shown = (ids: readonly (ValueId | undefined)[]): string =>
    ids.map((id) => (id === undefined ? "_" : String(values.value(id)))).join(" ");
  const after = ({ satisfied }: PartialMatch): string => `after ${satisfied.join(" ") || "nothing"}`;
  const name = ({ relation }: { readonly relation: number }): string => program.relations[relation]?.name ?? "?";
  enumerateMatches(rule, 1, start, tuples, {
    tried: (atom, _, pattern) => found.push(`try ${name(atom)} ${shown(pattern)}`),
    unmatched: (match, atom, _, pattern) => found.push(`no ${name(atom)} ${shown(pattern)} ${after(match)}`),
    rejected: (match, { operator }) => found.push(`not ${operator} ${after(match)}`),
    blocked: (match, atom, _, rows) =>
      found.push(`${rows.map((row) => `${name(atom)} ${shown(row)}`)} ${after(match)}`),
    firing: (match) => found.push(`fires with ${shown(headPattern(rule, match.binding, values))} ${after(match)}`),
  });
  return found;
}

const r = 'r("a", 1)@1; r("b", 5)@1; r("b", 0)@1;';

describe("the partial matches of a rule", () => {
  it("go as far as its literals hold, the atom with the largest known share first", () => {
    expect(events(`${r} s("b")@1; h(X) :- r(X, Y), s(X), Y > 3, notin t(X); t("a")@1;`, undefined)).toEqual([
      "try r _ _",
      "not > after 0",
      "try s b",
      "fires with b after 0 2 1 3",
      "not > after 0",
    ]);
  });

  it("start from what the head says", () => {
    expect(events(`${r} h(X, 1) :- r(X, Y), Y > 3;`, "a", 1)).toEqual(["try r a _", "not > after 0"]);
    expect(events(`${r} h(X, 1) :- r(X, Y), Y > 3;`, "a", 2)).toEqual(["the head cannot be that"]);
    expect(events(`${r} h(X, X) :- r(X, Y);`, "a", "b")).toEqual(["the head cannot be that"]);
  });

  it("show which tuples hold a negation back, a variable local to it having to be one value", () => {
    const t = 't("a", 1, 2)@1; t("a", 3, 3)@1; t("b", 3, 4)@1;';
    expect(events(`${r} ${t} h(X) :- r(X, 1), notin t(X, Z, Z);`, "a")).toEqual(["try r a 1", "t a 3 3 after 0"]);
    expect(events(`${r} ${t} h(X) :- r(X, 5), notin t(X, Z, Z);`, "b")).toEqual([
      "try r b 5",
      "fires with b after 0 1",
    ]);
  });

  it("take an equality for what binds, as soon as it can", () => {
    expect(events(`${r} h(X) :- r(X, Y), Y == 4 + 1;`, undefined)).toEqual(["try r _ 5", "fires with b after 1 0"]);
  });

  it("judge an arithmetic column once its variables have values, wherever these come from", () => {
    expect(events(`${r} h(X) :- r(X, Y - 1), q(Y); q(6)@1; q(1)@1;`, "b")).toEqual([
      "try r b _",
      "try q _",
      ...["fires with b after 0 1", "no r b 0 after 1"],
      "try q _",
      ...["no r b 5 after 1", "fires with b after 0 1"],
    ]);
    expect(events('u(1, 5)@1; h("x") :- u(X, X + 1);', "x")).toEqual(["try u _ _", "no u _ _ after nothing"]);
  });

  it("let the literals that have values decide where arithmetic fails", () => {
    // 10 / 0 has no value, and Z != 0 rejects the binding all the same.
    expect(events(`${r} h(X) :- r(X, Z), 3 == 10 / Z, Z != 0;`, "b")).toEqual([
      "try r b _",
      "not == after 0",
      "not != after 0 1",
    ]);
    expect(events(`${r} t("b")@1; h(X) :- r(X, 0), q(Y), notin s(X, 1 / Y), notin t(X); q(0)@1;`, "b")).toEqual([
      "try r b 0",
      "try q _",
      "t b after 0 1",
    ]);
  });

  it("end when the visitor has enough", () => {
    const program = programOf(`${r} h(X) :- r(X, _);`);
    const rule = program.rules[0] as Rule;
    let found = 0;
    enumerateMatches(rule, 1, [undefined], factsOf(program), { firing: () => void found++, enough: () => found === 2 });
    expect(found).toBe(2);
  });
});
