import { describe, expect, test } from "vitest";
import type { Execution } from "../../src/execution/execution.js";
import type { Obligation } from "../../src/execution/obligations.js";
import { breachesOf, obligationsOf } from "../../src/execution/obligations.js";
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

function shown(execution: Execution, obligations: readonly Obligation[]): readonly string[] {
  return obligations.map(
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
    expect(shown(lossy, breachesOf(specification, lossy, never, 1))).toEqual(["post(b,2)@1"]);
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
});
