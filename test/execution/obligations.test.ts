import { describe, expect, test } from "vitest";
import type { Execution } from "../../src/execution/execution.js";
import type { Breach, Obligation } from "../../src/execution/obligations.js";
import { breachesAt, breachesOf, obligationsOf } from "../../src/execution/obligations.js";
import { demandsOf, relationsOf } from "../../src/program/demands.js";
import type { Specification } from "../../src/program/specification.js";
import { resolveSpecification } from "../../src/program/specification.js";
import { runOf } from "./runs.js";

/** r(1) is there from 1 on, r(2) only where a's message arrives; what p asks for has to be in q. */
const text = `
  r("a", 1)@1; r(N, X)@next :- r(N, X); send("a", "b")@1; r(M, 2)@async :- send(N, M);
  PRE q("a", 1) :- r("a", 1); q("b", 2) :- r("b", 2);`;

function specificationOf(execution: Execution): Specification {
  const { specification } = resolveSpecification(execution.program, {});
  if (specification === undefined) throw new Error("nothing to check");
  return specification;
}

function shown(execution: Execution, tuples: readonly (Obligation | Breach)[]): readonly string[] {
  return tuples.map(
    ({ relation, instant, args }) => `${execution.program.relations[relation]?.name}(${args.join()})@${instant}`,
  );
}

function runs(program: string): { readonly free: Execution; readonly lossy: Execution } {
  const loss = { kind: "omission", from: "a", to: "b", at: 1 } as const;
  return { free: runOf(program), lossy: runOf(program, { schedule: [loss] }) };
}

describe("what an execution owes", () => {
  test("of `pre` and `post`: what `pre` holds then, whatever the failure-free run", () => {
    const { lossy } = runs(
      text.replace("PRE", 'pre("a", 1) :- r("a", 1); pre("b", 2) :- r("a", 1);').replaceAll("q(", "post("),
    );
    const specification = specificationOf(lossy);
    expect(demandsOf(specification).map((demand) => demand.kind)).toEqual(["implied"]);
    expect(relationsOf(specification).map((id) => lossy.program.relations[id]?.name)).toEqual(["pre", "post"]);
    const never = (): never => {
      throw new Error("not asked for");
    };
    expect(shown(lossy, obligationsOf(specification, lossy, never))).toEqual(["post(a,1)@3", "post(b,2)@3"]);
    expect(shown(lossy, breachesOf(specification, lossy, never))).toEqual(["post(b,2)@3"]);
    expect(shown(lossy, breachesAt(specification, lossy, never, 1))).toEqual(["post(b,2)@1"]);
  });

  test("of `post` alone, and of what persists: what the failure-free run holds", () => {
    for (const [program, name] of [
      [text.replace("PRE", "").replaceAll("q(", "post("), "post"],
      [text.replace("PRE", ""), "r"],
    ] as const) {
      const { free, lossy } = runs(program);
      const specification = specificationOf(lossy);
      expect(demandsOf(specification).map((demand) => demand.kind)).toEqual(["kept"]);
      expect(
        shown(
          lossy,
          obligationsOf(specification, lossy, () => free),
        ),
      ).toEqual([`${name}(a,1)@3`, `${name}(b,2)@3`]);
      expect(
        shown(
          lossy,
          breachesOf(specification, lossy, () => free),
        ),
      ).toEqual([`${name}(b,2)@3`]);
      expect(breachesOf(specification, free, () => free)).toEqual([]);
      expect(obligationsOf(specification, lossy, () => undefined)).toEqual([]);
    }
  });

  test("of `never`: nothing, at any instant; and what is there all the same is a breach, beside what is missing", () => {
    const excluded = 'never(N, X) :- r(N, X), X < 2; never(N, 0) :- r(N, 2), send("a", "b")@1;';
    const { free, lossy } = runs(text.replace("PRE", excluded).replaceAll("q(", "post("));
    const specification = specificationOf(lossy);
    expect(demandsOf(specification).map((demand) => demand.kind)).toEqual(["kept", "excluded"]);
    expect(relationsOf(specification).map((id) => lossy.program.relations[id]?.name)).toEqual(["post", "never"]);
    const found = breachesOf(specification, lossy, () => free);
    expect(found.map(({ kind }) => kind)).toEqual(["missing", "present", "present", "present"]);
    expect(shown(lossy, found)).toEqual(["post(b,2)@3", "never(a,1)@1", "never(a,1)@2", "never(a,1)@3"]);
    expect(
      shown(
        free,
        breachesAt(specification, free, () => free, 2),
      ),
    ).toEqual(["never(a,1)@2", "never(b,0)@2"]);
  });

  test("of `never` alone: nothing else, and the failure-free run is not asked for", () => {
    const { lossy } = runs(text.replace("PRE", 'never(N, X) :- r(N, X), N != "a";'));
    const specification = specificationOf(lossy);
    const never = (): never => {
      throw new Error("not asked for");
    };
    expect(demandsOf(specification).map((demand) => demand.kind)).toEqual(["excluded"]);
    expect(obligationsOf(specification, lossy, never)).toEqual([]);
    expect(breachesOf(specification, lossy, never)).toEqual([]);
  });
});
