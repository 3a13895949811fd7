import { describe, expect, it } from "vitest";
import type { SpecificationOptions } from "../../src/program/specification.js";
import { resolveSpecification } from "../../src/program/specification.js";
import { programOf } from "./programs.js";

const state = 'r("a", "b")@1; r(X, Y)@next :- r(X, Y);';

function resolved(text: string, options: SpecificationOptions = {}) {
  const program = programOf(text);
  const { specification, diagnostics } = resolveSpecification(program, options);
  const name = (id: number): string => program.relations[id]?.name ?? "?";
  const found =
    specification === undefined
      ? undefined
      : specification.kind === "implication"
        ? `${name(specification.pre)} implies ${name(specification.post)}`
        : specification.kind === "post-only"
          ? `${name(specification.post)} stays`
          : `${specification.relations.map(name).join(", ")} stay`;
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

  it("is an error where pre stands alone, the columns differ, or nothing persists", () => {
    expect(resolved(`${state} pre(X) :- r(X, _);`).errors[0]).toContain("pre-without-post");
    expect(resolved(`${state} pre(X) :- r(X, _); post(X, Y) :- r(X, Y);`).errors[0]).toContain("outcome-arity");
    expect(resolved('r("a")@1;').errors[0]).toContain("nothing-to-check");
  });
});
