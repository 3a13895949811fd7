import { expect, test } from "vitest";
import type { CheckOptions } from "../../src/search/check.js";
import { prepare } from "../../src/search/check.js";
import { programOf } from "../program/programs.js";

function said(text: string, options: CheckOptions): string {
  return prepare(programOf(text), options)
    .diagnostics.map(({ message, help }) => `${message}; ${help}`)
    .join("\n");
}

const alone = 'up("a")@1; up(X)@next :- up(X);';
const two = 'to("a","b")@1; to(X, Y)@next :- to(X, Y); m(Y, X)@async :- to(X, Y); post(Y, X) :- m(Y, X);';

test("what a budget says of its nodes agrees with their number", () => {
  expect(said(alone, { crashes: 2 })).toContain("--crashes is 2, but there is 1 node: a; ");
  expect(said(two, { crashes: 3 })).toContain("--crashes is 3, but there are 2 nodes: a, b; ");
  expect(said(alone, { omissions: 1 })).toContain("there is 1 node, and faults end at 5");
  expect(said(two, { omissions: 1, spare: ["a"] })).toContain("there are 2 nodes, of which a is spared, and faults");
  expect(said(two, { omissions: 1, spare: ["a", "b"] })).toContain("of which a, b are spared");
});

test("lateness is in vain if no message may be late or arrive twice", () => {
  expect(said(two, { lateness: 3 })).toBe(
    "`--lateness` is given, but no message may be late or arrive twice; give --delays or --duplicates too",
  );
  expect(said(two, { lateness: 3, duplicates: 1 })).toBe("");
});
