import { describe, expect, it } from "vitest";
import { loadProgram } from "../../src/program/load.js";
import type { List } from "../../src/source/file-reader.js";
import { memoryFiles } from "./memory-files.js";
import { programOf } from "./programs.js";

function namesOf(
  files: Readonly<Record<string, string>>,
  paths: readonly string[],
  includeDirs: readonly string[] = [],
) {
  const reader = memoryFiles(files);
  const { program, trees, diagnostics } = loadProgram(paths, reader, { includeDirs });
  return {
    files: trees.map(({ source }) => source.path),
    relations: program?.relations.map(({ name }) => name),
    errors: diagnostics.map(({ code }) => code),
    reads: reader.reads,
  };
}

describe("includes", () => {
  it("splice in another file's statements, those named first each followed by its includes", () => {
    const files = {
      "a.ded": 'include "b.ded"; include "d.ded"; a("x")@1;',
      "b.ded": 'include "c.ded"; b("x")@1;',
      "c.ded": 'c("x")@1;',
      "d.ded": 'd("x")@1;',
      "e.ded": 'e("x")@1;',
    };
    expect(namesOf(files, ["a.ded", "e.ded"])).toMatchObject({
      files: ["a.ded", "b.ded", "c.ded", "d.ded", "e.ded"],
      relations: ["crash", "a", "b", "c", "d", "e"],
      errors: [],
    });
  });

  it("read a file once, however it is spelt, and go round in cycles", () => {
    const files = {
      "x/a.ded": 'include "../x/b.ded"; include "b.ded"; include "a.ded";',
      "x/b.ded": 'include "./a.ded"; b("x")@1;',
    };
    const { files: read, errors, reads } = namesOf(files, ["x/a.ded", "./x/a.ded", "/files/x/b.ded"]);
    expect(read).toEqual(["x/a.ded", "x/b.ded"]);
    expect(errors).toEqual([]);
    expect(reads).toEqual(["/files/x/a.ded", "/files/x/b.ded"]);
  });

  it("are tried against the including file's folder, then the named programs' folders, then the include directories", () => {
    const at = (path: string) =>
      namesOf(
        {
          "p/main.ded": 'include "lib/l.ded"; m("x")@1;',
          "p/lib/l.ded": 'include "t.ded"; l("x")@1;',
          [path]: 't("x")@1;',
        },
        ["p/main.ded", "q/other.ded"].slice(0, 1),
        ["inc"],
      ).files[2];
    expect(at("p/lib/t.ded")).toBe("p/lib/t.ded");
    expect(at("p/t.ded")).toBe("p/t.ded");
    expect(at("inc/t.ded")).toBe("inc/t.ded");
    const both = namesOf(
      { "main.ded": 'include "t.ded"; m("x")@1;', "t.ded": 'near("x")@1;', "inc/t.ded": 'far("x")@1;' },
      ["main.ded"],
      ["inc"],
    );
    expect(both.relations).toEqual(
      ["crash", "m", "near"].sort((a, b) => (a === "crash" ? -1 : b === "crash" ? 1 : a < b ? -1 : 1)),
    );
  });

  it("that are missing are complained about with every place that was tried", () => {
    const { diagnostics } = loadProgram(
      ["p/main.ded"],
      memoryFiles({ "p/main.ded": 'include "t.ded"; m(X) :- n(Y);' }),
      { includeDirs: ["inc"] },
    );
    expect(diagnostics.map(({ code }) => code)).toEqual(["include-missing", "unbound-variable"]);
    expect(diagnostics[0]?.help).toContain("/files/p/t.ded, /files/inc/t.ded");
  });

  it("go as deep as there are files", () => {
    const files = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, i) => [`f${i}.ded`, `include "f${i + 1}.ded";`]),
    );
    expect(namesOf({ ...files, "f10000.ded": 'last("x")@1;' }, ["f0.ded"]).relations).toEqual(["crash", "last"]);
  }, 60_000);
});

describe("files", () => {
  it("that do not exist or cannot be read are errors", () => {
    const { program, diagnostics } = loadProgram(["no.ded", "locked.ded"], memoryFiles({}, ["locked.ded"]));
    expect(program).toBeUndefined();
    expect(diagnostics.map(({ code }) => code)).toEqual(["file-missing", "file-unreadable"]);
  });

  it("are suggested in place of one that does not exist, with the extension or a similar name", () => {
    const files = memoryFiles({
      "lease.ded": 'r("a")@1;',
      "sub/main.ded": 'include "quorun.ded";',
      "sub/quorum.ded": "",
    });
    const list: List = (path) => {
      const entries =
        path === "."
          ? ["notes.txt", "lease.ded", "sub"]
          : path.endsWith("sub")
            ? ["main.ded", "quorum.ded"]
            : undefined;
      return entries === undefined ? { kind: "missing" } : { kind: "folder", entries };
    };
    const helps = ["lease", "leese.ded", "sub/main", "sub/main.ded", "broadcast.ded", "other/lease.ded"].map((path) =>
      loadProgram([path], { ...files, list }).diagnostics.map(({ help }) => help?.replace(/ \(tried .*/, "")),
    );
    const none = "is the path right, and relative to the current folder?";
    expect(helps).toEqual([
      ["did you mean lease.ded?"],
      ["did you mean lease.ded?"],
      ["did you mean sub/main.ded?"],
      ['did you mean "quorum.ded"?'],
      [none],
      [none],
    ]);
  });

  it("from standard input are called <stdin>", () => {
    const { trees } = loadProgram(["-"], memoryFiles({ "-": 'r("a")@1;' }));
    expect(trees[0]?.source.path).toBe("<stdin>");
  });

  it("named together are one program", () => {
    const { program } = loadProgram(
      ["a.ded", "b.ded"],
      memoryFiles({ "a.ded": 'r("a")@1;', "b.ded": "s(X) :- r(X);" }),
    );
    expect(program?.relations.map(({ name, defined }) => `${name} ${defined}`)).toEqual([
      "crash false",
      "r true",
      "s true",
    ]);
  });
});

describe("a program", () => {
  it("has its rules in the order of the text, with variables numbered as they occur", () => {
    const [rule] = programOf('h(B, A + 1, count<C>)@next :- r(A, _, 3), notin s(C, "x")@2, r(B, C, _), C != B;').rules;
    expect(rule?.variables).toEqual(["B", "A", "C"]);
    expect(rule?.timing).toBe("inductive");
    expect(rule?.location).toEqual({ kind: "variable", variable: 1 });
    expect(rule?.head.args.map(({ kind }) => kind)).toEqual(["variable", "arithmetic", "aggregate"]);
    expect(
      rule?.body.map((literal) =>
        literal.kind === "comparison" ? literal.operator : `${literal.kind} ${literal.instant ?? "now"}`,
      ),
    ).toEqual(["positive now", "negated 2", "positive now", "!="]);
  });

  it("knows the first place of each variable", () => {
    const text = "h(B, A) :- r(A, B);";
    const [rule] = programOf(text).rules;
    expect(rule?.variableSpans.map(({ start }) => start)).toEqual([2, 5]);
  });

  it.each([
    ["h(A) :- r(A), notin s(A, B);", ["B"]],
    ["h(A) :- notin s(A, B, B), r(A);", ["B"]],
    ["h(A) :- r(A), notin s(A, B), notin t(_, C, D);", ["B", "C", "D"]],
    ["h(A, count<B>) :- r(A, B), notin s(A, B);", []],
    ["h(A) :- r(A), A == B, notin s(A, B);", []],
    ["h(A) :- r(A), notin s(A, B), B == 1;", []],
    ["h(A) :- r(A, B), notin s(A, B + 1);", []],
  ])("knows which variables are local to a negation: %s", (text, local) => {
    const [rule] = programOf(text).rules;
    expect([...(rule?.localVariables ?? [])].map((v) => rule?.variables[v])).toEqual(local);
  });

  it("always has crash, with two columns of nodes and one of instants", () => {
    const { relations, crash } = programOf('r("a")@1;');
    expect(relations[crash]).toMatchObject({
      name: "crash",
      arity: 3,
      defined: false,
      columnTypes: ["string", "string", "integer"],
    });
  });

  it("of 5,000 rules in one long chain is built", () => {
    const rules = Array.from({ length: 5000 }, (_, i) => `r${i}(X) :- r${i + 1}(X);`);
    expect(programOf(rules.join("\n")).strata).toHaveLength(5002);
    expect(programOf(rules.reverse().join("\n")).strata).toHaveLength(5002);
    expect(programOf(`${rules.join("\n")} r5000(X) :- r0(X);`).strata).toHaveLength(2);
  }, 60_000);
});
