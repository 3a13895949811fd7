import { describe, expect, test } from "vitest";
import { carriedSums } from "../../src/program/carried-sums.js";
import { programOf } from "./programs.js";

const start = `amount("a", 1)@1; paid("bank", N, V)@async :- amount(N, V); total(B, sum<V>) :- paid(B, _N, V);`;

/** The columns that the sum of the program comes to, as `relation column`; "none" if it may not vary. */
function carried(rules: string): string {
  const program = programOf(`${start} ${rules}`);
  const { terms, columns } = carriedSums(program);
  const reached = [...columns].flatMap(([relation, of]) =>
    [...of].map((column) => `${program.relations[relation]?.name} ${column}`),
  );
  return terms.size === 0 ? "none" : reached.sort().join(", ");
}

describe("a sum may be a function of the schedule", () => {
  test.each([
    ["where nothing reads it", "", "total 1"],
    [
      "carried from instant to instant, and sent",
      "seen(B, S)@next :- total(B, S); told(B, S)@async :- seen(B, S);",
      "seen 1, told 1, total 1",
    ],
    [
      "compared, also with other sums",
      "low(B) :- total(B, S), S < 3; same(B) :- total(B, S), total(B, T), S == T, S != 7;",
      "total 1",
    ],
    ["added to and taken from", "more(B, S + 1 - T) :- total(B, S), total(B, T);", "more 1, total 1"],
    ["bound by an equality", "more(B, X, X) :- total(B, S), X == S + 1, X > 3;", "more 1, more 2, total 1"],
    [
      "in several atoms, which are joined by value",
      "both(B) :- total(B, S), paid(B, _, S); at(B) :- total(B, 5), total(B, S + 1), paid(B, _, S);",
      "total 1",
    ],
    ["negated", "no(B) :- paid(B, _, V), notin total(B, V), notin total(B, _), notin total(_, V + 1);", "total 1"],
    ["projected away before it is counted", "some(count<B>) :- total(B, S), S > 2;", "total 1"],
    [
      "of which the greatest and the least are taken",
      "ends(B, max<S>, min<S>) :- total(B, S); end(B, E) :- ends(B, E, _);",
      "end 1, ends 1, ends 2, total 1",
    ],
    ["that comes back to its relation a moment later", "total(B, S - 1)@next :- total(B, S), S > 1;", "total 1"],
    ["named with a value by `reach`", "//! reach total(_, 4)\n", "total 1"],
  ])("%s", (_, rules, expected) => {
    expect(carried(rules)).toBe(expected);
  });

  test.each([
    ["that is counted", "all(B, count<S>) :- total(B, S);"],
    ["that is averaged", "all(B, avg<S>) :- total(B, S);"],
    ["that is part of a record", "all(max<S, B>) :- total(B, S);"],
    ["that names a group", "by(S, count<B>) :- total(B, S);"],
    ["that is multiplied", "all(B, S * 2) :- total(B, S);"],
    ["that is divided, or divides", "all(B, 100 / S) :- total(B, S);"],
    ["that is multiplied in a comparison", "all(B) :- total(B, S), 2 * S < 10;"],
    ["that is the place of a message", "go(S)@async :- total(B, S);"],
    ["that is the sender of a message", "go(B, S) :- total(B, S); at(S, B) :- go(B, S); from(B)@async :- at(S, B);"],
    ["that grows within an instant", "up(B, S) :- total(B, S); up(B, S + 1) :- up(B, S), S < 9;"],
    ["that has to be equal to another column of its tuple", "two(B, S, S) :- total(B, S); one(B) :- two(B, S, S);"],
    ["that has to be so in what is negated", "two(B, S, S) :- total(B, S); one(B) :- total(B, _), notin two(B, X, X);"],
    [
      "that is all this after a while",
      "a(B, S)@next :- total(B, S); b(B, S)@async :- a(B, S); c(B, S % 2) :- b(B, S);",
    ],
  ])("not one %s", (_, rules) => {
    expect(carried(rules)).toBe("none");
  });

  test("of sums that may not be", () => {
    expect(carried("all(sum<S>) :- total(_B, S);")).toBe("all 0");
  });

  test("beside one that may not be", () => {
    expect(carried("other(B, sum<N>) :- paid(B, _V, N); twice(B, N * 2) :- other(B, N);")).toBe("total 1");
  });
});
