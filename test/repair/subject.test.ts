import { expect, test } from "vitest";
import { subjectOf } from "../../src/candidates/subject.js";
import { parse } from "../properties/loading.js";

test("the rules of a subject are those that are evaluated at every instant, and its facts those that rules state too", () => {
  const text = `//! everywhere node
node("a")@1; node("b")@1;
peer(X, Y)@1 :- node(X), node(Y), X != Y;
peer(X, Y)@next :- peer(X, Y);
best(X, max<Y, Z>) :- peer(X, Y), peer(Z, Y);`;
  const subject = subjectOf([parse(text)]);
  expect(subject?.rules.map((rule) => rule.text)).toEqual([
    "peer(X, Y)@next :- peer(X, Y);",
    "best(X, max<Y, Z>) :- peer(X, Y), peer(Z, Y);",
  ]);
  expect(subject?.program.facts.map(({ args }) => args.join())).toEqual(["a,b", "b,a"]);
});
