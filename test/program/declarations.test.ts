import { describe, expect, it, test } from "vitest";
import { lintProgram } from "../../src/program/lint/index.js";
import { loadProgram } from "../../src/program/load.js";
import { configuration, memoryOf } from "../../src/program/memory.js";
import { inferNodes } from "../../src/program/nodes.js";
import { observerMessages } from "../../src/program/observer-messages.js";
import type { Program, RelationId } from "../../src/program/program.js";
import { inputLines } from "../../src/program/program.js";
import { parseDeclarations } from "../../src/syntax/directives.js";
import { parseText } from "../../src/syntax/parser.js";
import { printTree } from "../../src/syntax/printer.js";
import { memoryOf as referenceMemory, refusals } from "../reference/memory.js";
import { collect } from "../reference/program.js";
import { memoryFiles } from "./memory-files.js";
import { errorsOf, programOf } from "./programs.js";

function names(program: Program, ids: Iterable<RelationId>): readonly string[] {
  return [...ids].map((id) => program.relations[id]?.name ?? "").sort();
}

function inputsOf(program: Program): readonly string[] {
  return program.inputs.map(
    ({ kind, facts }) =>
      `${kind}: ${facts.map(({ relation, args, instant }) => `${names(program, [relation])}${JSON.stringify(args)}@${instant}`).join(" | ")}`,
  );
}

describe("lines that are part of the program", () => {
  it("may be wherever a comment may, in included files too, and several times", () => {
    const { program, diagnostics } = loadProgram(
      ["a.ded"],
      memoryFiles({
        "a.ded": [
          'include "b.ded"; //! durable term, log',
          "log(X, Y)@next :- //! observer seen",
          '  log(X, Y); //! maybe log("a", "x")@1',
          "/* //! durable seen */",
          'note("a", "//! durable seen")@1;',
          "//!durable log",
        ].join("\n"),
        "b.ded": [
          'term("a", 1)@1;\r',
          "term(N, T)@next :- term(N, T);\r",
          "//! forgets note\r",
          '//! one-of log("a", "y")@2 | term("b", 2)@1 // whichever comes first\r',
          "seen(X, Y) :- log(X, Y);",
        ].join("\n"),
      }),
    );
    expect(diagnostics).toEqual([]);
    if (program === undefined) throw new Error("refused");
    expect(names(program, program.durable.keys())).toEqual(["log", "term"]);
    expect(names(program, program.forgets.keys())).toEqual(["note"]);
    expect(names(program, program.observers.keys())).toEqual(["seen"]);
    // In the order of the files: that which was named, then what it includes.
    expect(inputsOf(program)).toEqual(['maybe: log["a","x"]@1', 'one-of: log["a","y"]@2 | term["b",2]@1']);
    expect(inputLines(program)).toEqual([
      { kind: "maybe", alternatives: 1 },
      { kind: "one-of", alternatives: 2 },
    ]);
    expect(program.facts.map(({ relation }) => names(program, [relation])[0])).toEqual(["note", "term"]);
  });

  test("a `|` or `//` in a string is part of it, and so are quotes with a backslash", () => {
    const program = programOf(
      String.raw`//! one-of p("a|b", "x \" | y")@1 | p("a // b", "\\")@1
q(X, Y) :- p(X, Y);`,
    );
    expect(inputsOf(program)).toEqual([
      `one-of: p${JSON.stringify(["a|b", 'x " | y'])}@1 | p${JSON.stringify(["a // b", "\\"])}@1`,
    ]);
  });

  test("what is wrong with a fact is at its place in the file", () => {
    const text = 'p("a")@1;\n\n  //! one-of p("b")@1 | p("c", 1)@1\n//! maybe q(1, r)@1\nq(X, Y) :- p(X), p(Y);';
    expect(errorsOf(text)).toEqual(['arity: p("c", 1)@1', "unquoted-constant: r"]);
  });

  test.each([
    ["a rule with an error", "//! durable log\nlog(X) :- r(X), = 3;", ["syntax: ="]],
    ["a fact with an error", '//! everywhere node\nnode("a", )@1;', ["syntax: )"]],
    ["a wrong range", '//! observer node\nnode("n1".."m3")@1;', ['bad-range: "n1".."m3"']],
    ["a rule with an error, in a promise", "//! promise p never=bad\nbad(X) :- r(X), = 3;", ["syntax: ="]],
    ["a file that is missing", '//! durable log\ninclude "nowhere.ded";', ['include-missing: "nowhere.ded"']],
  ])("what %s may define is not said to be undefined", (_, text, expected) => {
    expect(errorsOf(`${text}\nr("a")@1;`)).toEqual(expected);
  });

  test("what a wrong body reads is not thereby defined", () => {
    expect(errorsOf('//! durable lgo\nlog(X) :- lgo(X), = 3;\nr("a")@1;')).toEqual([
      "undefined-relation: lgo",
      "syntax: =",
    ]);
  });

  it("are kept by the printer, where they stood", () => {
    const text =
      '//! durable log\nlog("a", "b")@1;\n//! one-of log("a", "|")@1 | log("b", "c")@1\n\n//! maybe log("a", "d")@2\n';
    expect(printTree(parseText({ path: "x.ded", text }).tree)).toBe(text);
  });

  test.each([
    ["//! Durable log", "durable"],
    ["//! durables log", "durable"],
    ["//! one_of log", "one-of"],
    ["//! observe log", "observer"],
    ["//! forget log", "forgets"],
  ])("%s is no comment, but a misspelt `%s`", (line, meant) => {
    const { diagnostics } = parseDeclarations(parseText({ path: "x.ded", text: line }).tree);
    expect(diagnostics.map(({ code, help }) => [code, help])).toEqual([
      ["bad-directive", `did you mean \`//! ${meant} …\`?`],
    ]);
  });

  test.each(["//! chekc eot=4", "//! note: this is for people", "//!", "//! run eot=4"])(
    "%s is left to those who read expectations",
    (line) => {
      expect(parseDeclarations(parseText({ path: "x.ded", text: line }).tree)).toEqual({
        directives: [],
        diagnostics: [],
      });
    },
  );
});

describe("the facts of inputs count as facts", () => {
  const program = programOf(`
//! maybe start("a", 1)@1
//! one-of peer("a", "b")@1 | peer("a", "c")@1
go(Y, N)@async :- start(X, N), peer(X, Y);
peer(X, Y)@next :- peer(X, Y);
post(X, N) :- go(X, N);
post(X, N)@next :- post(X, N);
`);

  test("in what is defined, in types, and in the nodes", () => {
    const [start, peer] = ["start", "peer"].map((name) => program.relations[program.relationByName.get(name) ?? 0]);
    expect(start).toMatchObject({ defined: true, columnTypes: ["string", "integer"] });
    expect(start?.firstUse?.start).toBe(11);
    expect(peer?.defined).toBe(true);
    expect(inferNodes(program, 6)).toEqual(["a", "b", "c"]);
    expect(lintProgram(program).map(({ code }) => code)).toEqual([]);
  });

  test("in what is configuration", () => {
    expect(names(program, configuration(program))).toEqual(["peer", "start"]);
  });

  test("in what a column can hold: nodes after the end of time are none", () => {
    expect(inferNodes(programOf('//! maybe p("a")@9\np("b")@1;\nq(X) :- p(X);'), 6)).toEqual(["b"]);
  });

  test("in the nodes that the program mentions", () => {
    const nodes = ["a", "b", "z"];
    expect(lintProgram(program, { nodes }).map(({ message }) => message)).toEqual([
      "node `z` appears nowhere in the program",
    ]);
  });
});

describe("durable and forgets lines that change nothing are reported", () => {
  const codes = (text: string): readonly string[] =>
    lintProgram(programOf(text)).map(({ code, span }) => `${code} ${text.slice(span?.start, span?.end)}`);
  const rest =
    'term("a", 1)@1;\nterm(N, T)@next :- term(N, T), T > 0;\nnode("a")@1;\npost(N) :- term(N, 1), node(N);\n';

  test("a durable relation that no `@next` rule feeds", () => {
    expect(codes(`${rest}//! durable term`)).toEqual([]);
    expect(codes(`${rest}//! durable node`)).toEqual(["nothing-carried node"]);
  });

  test("`forgets` of a relation that is not configuration", () => {
    expect(codes(`${rest}//! forgets node`)).toEqual([]);
    expect(codes(`${rest}//! forgets term`)).toEqual(["forgets-nothing term"]);
  });
});

test("messages of `pre`, `post` and `never` are errors where it is asked, and run where it is not", () => {
  const text = `
p("a", "b")@1;
post(Y, X)@async :- p(X, Y);
seen(X, Y) :- post(X, Y);
q(X, Y)@async :- seen(Y, X);
r(X, Y)@next :- q(X, Y);`;
  const program = programOf(text);
  const post = program.relationByName.get("post");
  if (post === undefined) throw new Error("no post");
  expect(observerMessages(program, [])).toEqual([]);
  expect(observerMessages(program, [post]).map(({ code, span }) => [code, text.slice(span?.start, span?.end)])).toEqual(
    [
      ["message-of-observer", "post(Y, X)@async"],
      ["message-of-observer", "seen(Y, X)"],
    ],
  );
});

describe("the reference reads the same", () => {
  const plain =
    'p("a", 1)@1;\nq(X, Y)@next :- p(X, Y);\nr(X, Y)@async :- q(Y, X);\ns(X) :- q(X, _);\ns(X)@next :- s(X);\n';
  const texts = [
    "//! durable q, s",
    "//! durable x\n//! forgets y\n//! observer z",
    "//! forgets p\n//! durable p",
    "//! observer s",
    "//! observer q",
    "//! observer p\n//! observer s",
    '//! maybe p("a", 1)@1',
    '//! maybe p("a", 2)@1\n//! maybe p("a", 2)@1\n//! maybe p("a", 2)@2',
    '//! one-of s("a")@1 | s("b")@1 | s("a")@1',
    '//! maybe t("a")@1\n//! forgets t',
  ];
  const text = (lines: string): string => `${plain}${lines}\n`;

  test.each(texts)("%j: as many errors, and the same memory", (lines) => {
    const { tree } = parseText({ path: "test.ded", text: text(lines) });
    const reference = collect([tree]);
    const errors = errorsOf(text(lines));
    expect(errors).toHaveLength(refusals(reference, [], false).length);
    if (errors.length > 0) return;
    const program = programOf(text(lines));
    const memory = memoryOf(program, []);
    const expected = referenceMemory(reference, []);
    expect(names(program, memory.durable)).toEqual([...expected.durable].sort());
    expect(names(program, memory.observer)).toEqual([...expected.observer].sort());
  });
});
