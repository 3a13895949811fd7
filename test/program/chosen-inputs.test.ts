import { describe, expect, test } from "vitest";
import { chosenFacts, formatInputs, givenInputs } from "../../src/program/chosen-inputs.js";
import { readInputs } from "../../src/program/read-inputs.js";
import { loadText } from "../properties/loading.js";

const loaded = loadText(`//! one-of vote("b", "yes")@1 | vote("b", "no")@1
//! maybe late("a", 1)@2
pre(N, V) :- vote(N, V), notin late(N, _);
post(N, V) :- vote(N, V);`);
if ("refused" in loaded) throw new Error(loaded.refused);
const { program } = loaded;

describe("a choice of inputs", () => {
  test("is no maybe and the first of each one-of by default", () => {
    const { inputs, wrong } = readInputs(program, []);
    expect(wrong).toEqual([]);
    expect(formatInputs(program, inputs)).toEqual(['vote("b", "yes")@1']);
    expect(givenInputs(program, inputs)).toEqual([]);
  });

  test("is read from facts, however they are spaced, and repeated by those that are not the default ones", () => {
    const { inputs } = readInputs(program, ['late("a",1)@2', '  vote( "b" , "no" ) @1; ']);
    expect(chosenFacts(program, inputs).map(({ args }) => args)).toEqual([
      ["b", "no"],
      ["a", 1],
    ]);
    expect(givenInputs(program, inputs)).toEqual(['vote("b", "no")@1', 'late("a", 1)@2']);
    expect(readInputs(program, givenInputs(program, inputs)).inputs).toEqual(inputs);
  });

  test.each([
    [['vote("b", "perhaps")@1'], "no line of the program offers this input"],
    [['vote("b", "no")@2'], "no line of the program offers this input"],
    [['vote("b", "no")'], "this is not a fact with its instant"],
    [["vote(B, 1)@1"], "no line of the program offers this input"],
    [["vote"], "this is not a fact with its instant"],
    [['vote("b", "no")@1', 'vote("b", "yes")@1'], 'it excludes vote("b", "no")@1, which is given as well'],
  ])("%j is rejected: %s", (texts, problem) => {
    expect(
      readInputs(program, texts)
        .wrong.map((w) => w.problem)
        .join(),
    ).toContain(problem);
  });

  test("the same fact twice is the same choice", () => {
    expect(readInputs(program, ['late("a", 1)@2', 'late("a",1)@2']).wrong).toEqual([]);
  });
});
