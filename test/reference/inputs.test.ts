import { describe, expect, test } from "vitest";
import { parse } from "../properties/loading.js";
import { survey } from "./exhaustive.js";
import { allInputs, giveInputs, showInputs } from "./inputs.js";
import { refusals } from "./memory.js";
import { inferNodes } from "./nodes.js";
import { collect } from "./program.js";
import { showSchedule } from "./schedules.js";
import { held } from "./shown-model.js";
import { specificationOf } from "./specification.js";

const lines = `
//! maybe request("a","x")@1
//! one-of vote("b","yes")@1 | vote("b","no")@2
`;
const program = (text: string) => collect([parse(text)]);

describe("what the lines say", () => {
  test('"`maybe`: the fact is added or not. `one-of`: exactly one of them is added"', () => {
    const text = `${lines} vote("b", "yes")@3;`;
    const at = (...inputs: string[]): string => held(text, "request vote", { eot: 3, inputs });
    expect(at()).toBe("vote 1: b,yes  vote 3: b,yes");
    expect(at(`request("a","x")@1`, `vote("b","no")@2`)).toBe("request 1: a,x  vote 2: b,no  vote 3: b,yes");
    expect(at(`vote("b","yes")@1`)).toBe("vote 1: b,yes  vote 3: b,yes");
  });

  test('"nothing is removed, and a fact is lost like any other where its node is away"', () => {
    const text = `//! maybe p("a")@2\n//! one-of q("a")@2 | q("b")@2\nr("a")@1;`;
    const away = { eot: 4, schedule: "restart(a,2,3)" };
    expect(held(text, "p q", { ...away, inputs: [`p("a")@2`] })).toBe("");
    expect(held(text, "p q", { ...away, inputs: [`p("a")@2`, `q("b")@2`] })).toBe("q 2: b");
  });

  test('"`|` in a string is part of it; alternatives may be of different relations and instants"', () => {
    const { inputs } = program(`//! one-of p("a","x|y")@1 | q("b",-3,"\\"|\\\\")@12`);
    expect(allInputs(inputs).map(showInputs)).toEqual([`p("a","x|y")@1`, String.raw`q("b",-3,"\"|\\")@12`]);
  });

  test('"The lines stand wherever a `//` comment may, in included files too"', () => {
    const { inputs } = collect([
      parse(`p("a")@1; //! maybe p("b")@1`),
      parse(`q("//! maybe p(1)@1")@1; //!maybe q("c")@1`),
    ]);
    expect(inputs.map((line) => (line.kind === "maybe" ? line.fact.relation : ""))).toEqual(["p", "q"]);
  });

  test('"A fact both plain and in such a line, in two of them or twice in one … is an error"', () => {
    const refused = (text: string): readonly string[] => refusals(program(text), [], false);
    expect(refused(`//! maybe p("a")@1\np("a")@1;`)).toEqual([`input: p("a")@1 is there already`]);
    expect(refused(`//! maybe p("a")@1\n//! one-of p("b")@1 | p("a")@1`)).toEqual([`input: p("a")@1 is there already`]);
    expect(refused(`//! one-of p("b")@1 | p("b")@1`)).toEqual([`input: p("b")@1 is there already`]);
    expect(refused(`//! maybe p("a")@2\np("a")@1;`)).toEqual([]);
  });

  test('"an `--input` that no line offers, or two of one `one-of`, is an error"', () => {
    const { inputs } = program(lines);
    expect(() => giveInputs(inputs, [`request("a","y")@1`])).toThrow(`no line offers request("a","y")@1`);
    expect(() => giveInputs(inputs, [`vote("b","yes")@1`, `vote("b","no")@2`])).toThrow("two of one line");
    expect(showInputs(giveInputs(inputs, [`request("a","x")@1`]))).toBe(`request("a","x")@1 vote("b","yes")@1`);
  });
});

describe('"Facts in them count as facts in every static question"', () => {
  test("the nodes", () => {
    const text = `//! maybe p("a")@1\n//! one-of q("b","c")@1 | q("d","e")@9\nr("f", X)@next :- q(_, X); m(X)@async :- r(_, X);`;
    expect(inferNodes(program(text), 3)).toEqual(["a", "b", "c"]);
  });

  test("what is defined, and so what the specification is", () => {
    expect(specificationOf(program(`//! maybe never("a")@1\np("a")@1;`))).toMatchObject({
      relations: [],
      never: "never",
    });
    expect(specificationOf(program(`//! one-of post("a")@1 | q("a")@1\np("a")@1;`))).toMatchObject({
      relations: ["post"],
    });
  });
});

test('"fewest `maybe` facts present, then line by line: absent before present, earlier alternatives first"', () => {
  const { inputs } = program(`//! maybe p("a")@1\n//! one-of o("x")@1 | o("y")@1\n//! maybe q("a")@1`);
  expect(allInputs(inputs).map(showInputs)).toEqual([
    `o("x")@1`,
    `o("y")@1`,
    `o("x")@1 q("a")@1`,
    `o("y")@1 q("a")@1`,
    `p("a")@1 o("x")@1`,
    `p("a")@1 o("y")@1`,
    `p("a")@1 o("x")@1 q("a")@1`,
    `p("a")@1 o("y")@1 q("a")@1`,
  ]);
});

describe("the verdict over all inputs", () => {
  const budget = { nodes: ["a", "b"], eot: 4, eff: 3, crashes: 0, omissions: 2 } as const;
  const found = (text: string): readonly string[] => {
    const p = program(text);
    const all = survey(p, specificationOf(p), budget);
    if (all.kind !== "complete") return [all.kind];
    const first =
      all.first === undefined ? "holds" : `${showSchedule(all.first.schedule)} with ${showInputs(all.first.inputs)}`;
    return [
      first,
      ...all.minimal.map((s) => `${showSchedule(s)} with ${showInputs(all.firstInputs.get(showSchedule(s)) ?? [])}`),
    ];
  };

  test("\"They are choices, not faults: they cost nothing in 'fewest faults'\": a violation without faults under a late input comes before one with faults", () => {
    const text = `
      //! maybe break("a")@1
      p("a")@1; m("b")@async :- p("a"); m(N)@next :- m(N); pre("b") :- m("b"), notin broken("b"); pre("b") :- broken("b"); broken("b")@async :- break("a"); broken(N)@next :- broken(N);
      post("b") :- m("b"), notin broken("b");`;
    expect(found(text)).toEqual([`{} with break("a")@1`, `{} with break("a")@1`]);
  });

  test('"a program without `pre` is compared with the failure-free run of the same inputs"', () => {
    const text = `
      //! one-of p("a","x")@1 | p("a","y")@1
      m("b", X)@async :- p("a", X); m(N, X)@next :- m(N, X); post(N, X) :- m(N, X);`;
    expect(found(text)).toEqual([`omit(a,b,1) with p("a","x")@1`, `omit(a,b,1) with p("a","x")@1`]);
  });

  test('"then by inputs …; then fault by fault": the first in the order, and the minimal ones each with its first inputs', () => {
    // Without the help a single loss is enough from b to a; with it, from a to b.
    const text = `
      //! maybe help("b")@1
      p("a")@1; p("b")@1; help(N)@next :- help(N); p(N)@next :- p(N), notin second(N); second("a")@2; second("b")@2;
      m("a")@async :- p("b"), p("b")@1, notin help("b"); m(N)@next :- m(N); w("b")@async :- p("a"), help("b"); w(N)@next :- w(N);
      never("a") :- end("a"), notin m("a"), notin help("b"); never("b") :- end("a"), help("b"), notin w("b"); end("a")@2;`;
    expect(found(text)).toEqual([`omit(b,a,1) with `, `omit(b,a,1) with `, `omit(a,b,1) with help("b")@1`]);
  });

  test("of schedules that violate under some input the minimal ones are listed, and the first in the order may be another", () => {
    // Without the hint a holds out to 2; with it, to 3.
    const text = `
      //! maybe hint("b")@1
      hint(N)@next :- hint(N); p("a")@1; p(N)@next :- p(N); m("b")@async :- p("a");
      last("b")@3; never(N) :- last(N), notin m(N), notin hint(N); end("b")@4; never(N) :- end(N), notin m(N), hint(N);`;
    const p = program(text);
    const all = survey(p, specificationOf(p), { nodes: ["a", "b"], eot: 4, eff: 1, crashes: 1, omissions: 0 });
    if (all.kind !== "complete" || all.first === undefined) throw new Error(all.kind);
    expect(showSchedule(all.first.schedule)).toBe("crash(a,2)");
    expect(showInputs(all.first.inputs)).toBe("");
    expect(all.minimal.map(showSchedule)).toEqual(["crash(a,3)"]);
  });

  test("an input whose failure-free execution ends in an error is not judged; the search continues under the others", () => {
    const text = `
      //! one-of d("a",0)@1 | d("a",1)@1
      q(N, 6 / K) :- d(N, K); m("b", K)@async :- q("a", K); m(N, X)@next :- m(N, X); post(N, X) :- m(N, X);`;
    expect(found(text)).toEqual([`omit(a,b,1) with d("a",1)@1`, `omit(a,b,1) with d("a",1)@1`]);
    expect(found(text.replace(`d("a",1)`, `d("b",0)`))).toEqual(["error"]);
  });
});
