import { describe, expect, it } from "vitest";
import type { Specification, SpecificationOptions } from "../../src/program/specification.js";
import { resolveSpecification } from "../../src/program/specification.js";
import { programOf } from "./programs.js";

const state = 'r("a", "b")@1; r(X, Y)@next :- r(X, Y);';

function resolved(text: string, options: SpecificationOptions = {}) {
  const program = programOf(text);
  const { specification, diagnostics } = resolveSpecification(program, options);
  const name = (id: number): string => program.relations[id]?.name ?? "?";
  const besides = (never: number | undefined): string => (never === undefined ? "" : `, never ${name(never)}`);
  const inWords = (s: Specification): string => {
    switch (s.kind) {
      case "implication":
        return `${name(s.pre)} implies ${name(s.post)}${besides(s.never)}`;
      case "post-only":
        return `${name(s.post)} stays${besides(s.never)}`;
      case "never":
        return `never ${name(s.never)}`;
      case "persistent":
        return `${s.relations.map(name).join(", ")} stay`;
      case "promises":
        return s.asked.map((promise) => `${promise.name}: ${inWords(promise.condition)}`).join("; ");
    }
  };
  const found = specification === undefined ? undefined : inWords(specification);
  return { found, errors: diagnostics.map(({ code, help }) => `${code}: ${help ?? ""}`) };
}

describe("what a program is checked against", () => {
  it("is that pre implies post, where both are defined", () => {
    expect(resolved(`${state} pre(X) :- r(X, _); post(X) :- r(X, _);`)).toEqual({
      found: "pre implies post",
      errors: [],
    });
  });

  it("is that post stays, where pre is not defined, read or not", () => {
    expect(resolved(`${state} post(X) :- r(X, _);`).found).toBe("post stays");
    expect(resolved(`${state} post(X) :- r(X, _), notin pre(X);`).found).toBe("post stays");
  });

  it("is that the persistent relations stay, where neither is defined", () => {
    expect(
      resolved(
        `${state} s(X, Y)@next :- s(X, Y), notin gone(X); t(X, Y)@next :- t(Y, X); u(X, X)@next :- u(X, X); v(X)@next :- v(X); w(X, 1)@next :- w(X, 1); z(X)@next :- z(X)@1;`,
      ).found,
    ).toBe("r, v stay");
  });

  it("is that never is empty, besides pre and post or alone: then no relation has to persist", () => {
    const never = "never(X, Y) :- r(X, Y);";
    expect(resolved(`${state} ${never} pre(X) :- r(X, _); post(X) :- r(X, _);`).found).toBe(
      "pre implies post, never never",
    );
    expect(resolved(`${state} ${never} post(X) :- r(X, _);`).found).toBe("post stays, never never");
    expect(resolved(`${state} ${never}`).found).toBe("never never");
    expect(resolved(`${state} post(X) :- r(X, _), notin never(X);`).found).toBe("post stays");
    expect(resolved(`${state} bad(X) :- r(X, _);`, { never: "bad" }).found).toBe("never bad");
    expect(resolved(`${state} ${never} bad(X) :- r(X, _);`, { never: "bad" }).found).toBe("never bad");
    expect(resolved(`${state} bad(X) :- r(X, _);`, { never: "badd" }).errors).toEqual([
      "unknown-outcome: did you mean `bad`?",
    ]);
    expect(resolved(`${state} ${never} pre(X) :- r(X, _);`).errors.map((e) => e.split(":")[0])).toEqual([
      "pre-without-post",
    ]);
  });

  it("can be chosen by name", () => {
    expect(resolved(`${state} p(X, Y) :- r(X, Y);`, { pre: "p", post: "r" }).found).toBe("p implies r");
    expect(resolved(`${state} p(X, Y) :- r(X, Y);`, { post: "p" }).found).toBe("p stays");
    expect(resolved(`${state} post(X, Y) :- r(X, Y);`, { pre: "r" }).found).toBe("r implies post");
  });

  it("must be defined where it is named, crash not being", () => {
    expect(resolved(`${state} posted(X) :- r(X, _);`, { post: "postd" }).errors).toEqual([
      "unknown-outcome: did you mean `posted`?",
    ]);
    expect(resolved(state, { pre: "crash", post: "nowhere" }).errors.map((e) => e.split(":")[0])).toEqual([
      "unknown-outcome",
      "unknown-outcome",
    ]);
  });

  it("is an error if there is only pre, the columns differ, or nothing persists", () => {
    expect(resolved(`${state} pre(X) :- r(X, _);`).errors[0]).toContain("pre-without-post");
    expect(resolved(`${state} pre(X) :- r(X, _); post(X, Y) :- r(X, Y);`).errors[0]).toContain("outcome-arity");
    expect(resolved('r("a")@1;').errors[0]).toContain("nothing-to-check");
  });
});
