import { describe, expect, it } from "vitest";
import { parseTuple } from "../../src/cli/commands/tuple.js";
import { programOf } from "../program/programs.js";

const program = programOf('log("a", 1)@1; h(X, M)@next :- log(X, M), M / 2 == 0; free(X, Y)@next :- free(X, Y);');

function read(text: string): unknown {
  const parsed = parseTuple(text, program, 4);
  return parsed.kind === "tuple" ? parsed.question : parsed.diagnostics.map(({ message }) => message);
}

describe("a tuple that is asked about", () => {
  it("is written like a fact, at the end of time unless it has an instant", () => {
    const relation = program.relationByName.get("log");
    expect(read('log("a", 1)')).toEqual({ relation, instant: 4, pattern: ["a", 1] });
    expect(read('log("a", _)@2;')).toEqual({ relation, instant: 2, pattern: ["a", undefined] });
  });

  it("is refused where a column holds values of the other type", () => {
    expect(read('h("a", "b")@2')).toEqual(['h("a", "b")@2: column 2 of `h` holds integers']);
    expect(read("h(1, 2)@2")).toEqual(["h(1, 2)@2: column 1 of `h` holds strings"]);
    expect(read('free(1, "b")@2')).toMatchObject({ pattern: [1, "b"] });
  });

  it("is refused where the program has no such relation, column or instant", () => {
    expect(read("nothing(1)")).toEqual(["nothing(1): the program has no relation `nothing`"]);
    expect(read('log("a")')).toEqual(['log("a"): `log` has 2 columns, not 1']);
    expect(read('log("a", 1)@5')).toEqual(['log("a", 1)@5: the instants are 1 … 4']);
  });
});
