import { describe, expect, test } from "vitest";
import type { CompletionItem, Diagnostic, DocumentSymbol, Location, WorkspaceEdit } from "vscode-languageserver";
import { memoryFiles } from "../program/memory-files.js";
import type { Editor } from "./editor.js";
import { editorWith, nameOf } from "./editor.js";

const spec = `pre(X, P) :- log(X, P), bcast(_, P)@1;
post(X, P) :- log(X, P);
`;
const main = `include "spec.ded";
//! check eot=4 eff=2 expect=violated faults=1
//! durable log
node("a", "b")@1;
node(X, Y)@next :- node(X, Y);
bcast("a", "hi")@1;
log(X, P) :- bcast(X, P);
log(X, P)@next :- log(X, P);
log(Y, P)@async :- bcast(X, P), node(X, Y);
`;

async function opened(extra: Readonly<Record<string, string>> = {}, options: object = {}): Promise<Editor> {
  const editor = editorWith({ "spec.ded": spec, "main.ded": main, ...extra });
  await editor.initialize({ textDocument: { completion: { completionItem: { snippetSupport: true } } } }, options);
  await editor.open("main.ded", main);
  await editor.open("spec.ded", spec);
  return editor;
}

/** Where something is, as `file: text`. */
function places(editor: Editor, result: unknown): readonly string[] {
  return (result as readonly Location[]).map(
    ({ uri, range }) =>
      `${nameOf(uri)}:${range.start.line + 1}:${range.start.character + 1} ${editor.slice(nameOf(uri), range)}`,
  );
}

function codes(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ code, range }) => `${code ?? ""} ${range.start.line + 1}:${range.start.character + 1}`);
}

describe("diagnostics", () => {
  test("come after a text is opened and after each change, with related places and fixes", async () => {
    const editor = editorWith({});
    await editor.initialize();
    const first = editor.next("a.ded");
    await editor.open("a.ded", 'r("a")@1\ns("b", 1)@1;\npost(X) :- s(X, Y);\n');
    const [missing, ...rest] = await first;
    expect(missing).toEqual({
      range: { start: { line: 0, character: 8 }, end: { line: 0, character: 8 } },
      severity: 1,
      code: "missing-semicolon",
      source: "ldfi",
      message: "a `;` is missing after this statement\nevery statement ends with `;`",
      relatedInformation: [
        {
          location: {
            uri: "file:///files/a.ded",
            range: { start: { line: 1, character: 0 }, end: { line: 1, character: 1 } },
          },
          message: "the next statement starts here",
        },
      ],
      data: { fix: "Add `;`" },
    });
    expect(rest).toEqual([]);
    const second = editor.next("a.ded");
    await editor.type("a.ded", { start: { line: 0, character: 8 }, end: { line: 0, character: 8 } }, ";");
    expect((await second).map(({ code, tags, severity }) => ({ code, tags, severity }))).toEqual([
      { code: "unread-relation", tags: [1], severity: 2 },
      { code: "single-use-variable", tags: [1], severity: 2 },
    ]);
    const third = editor.next("a.ded");
    await editor.replace("a.ded", 'post("b")@1;\n');
    expect(await third).toEqual([]);
  });

  test("are of the programs to which a file belongs, and follow changes of the others", async () => {
    const editor = await opened();
    expect(codes(await editor.next("spec.ded"))).toEqual([]);
    const changed = editor.next("spec.ded");
    await editor.replace(
      "main.ded",
      main
        .replace("log(X, P)@next", "lgo(X, P)@next")
        .replaceAll(" log(X, P);", " lgo(X, P);")
        .replace("\nlog(X, P) :-", "\nlgo(X, P) :-")
        .replace("log(Y", "lgo(Y")
        .replace("durable log", "durable lgo"),
    );
    expect(codes(await changed)).toEqual(["unknown-relation 1:14"]);
  });

  test("a file that is gone is reported at the include, and found again when it appears", async () => {
    const files: Record<string, string> = {};
    const editor = editorWith(files, { reader: { ...memoryFiles({}), read: (path) => memoryFiles(files).read(path) } });
    await editor.initialize();
    const first = editor.next("a.ded");
    await editor.open("a.ded", 'include "b.ded";\npost(X) :- r(X);\n');
    expect(codes(await first)).toContain("include-missing 1:9");
    const changed = async (type: number): Promise<readonly string[]> => {
      const next = editor.next("a.ded");
      const changes = [{ uri: "file:///files/b.ded", type }];
      await editor.connection.sendNotification("workspace/didChangeWatchedFiles", { changes });
      return codes(await next);
    };
    files["b.ded"] = 'r("a")@1;\n';
    expect(await changed(1)).toEqual([]);
    files["b.ded"] = 's("a")@1;\npost(X) :- s(X);\n';
    expect(await changed(2)).toEqual(["unknown-relation 2:12"]);
    delete files["b.ded"];
    expect(await changed(3)).toContain("include-missing 1:9");
  });
});

describe("knowing names", () => {
  test("hover says what a relation is, in which program", async () => {
    const editor = await opened();
    expect(await editor.at("main.ded", "lo^g(Y, P)@async", "textDocument/hover")).toEqual({
      contents: {
        kind: "markdown",
        value:
          "```dedalus\nlog(X: string, P: string)\n```\n\ndefined by 3 rules · read by 3 literals · persistent · durable · sent as a message\n\nfirst defined at main.ded:7:1\n\n*in main.ded*",
      },
      range: { start: { line: 8, character: 0 }, end: { line: 8, character: 3 } },
    });
    expect(await editor.at("main.ded", "bcast(^X, P), node", "textDocument/hover")).toMatchObject({
      contents: { value: "```dedalus\nX: string\n```\n\noccurs 2 times in this statement" },
    });
    expect(await editor.at("main.ded", '"spec^.ded"', "textDocument/hover")).toBeNull();
  });

  test("hover on a head says how often its rule fires without faults, once that is known", async () => {
    const editor = await opened();
    for (;;) {
      const hover = (await editor.at("main.ded", "lo^g(Y, P)@async", "textDocument/hover")) as {
        contents: { value: string };
      };
      if (!hover.contents.value.includes("in the run without faults")) continue;
      expect(hover.contents.value).toContain("fires once in the run without faults");
      break;
    }
  });

  test("definitions are the facts and heads of a relation; an include leads to its file", async () => {
    const editor = await opened();
    expect(places(editor, await editor.at("spec.ded", "post(X, P) :- lo^g", "textDocument/definition"))).toEqual([
      "main.ded:7:1 log",
      "main.ded:8:1 log",
      "main.ded:9:1 log",
    ]);
    expect(places(editor, await editor.at("main.ded", 'include "sp^ec', "textDocument/definition"))).toEqual([
      "spec.ded:1:1 ",
    ]);
    expect(places(editor, await editor.at("main.ded", "node(X, Y^);\n", "textDocument/definition"))).toEqual([
      "main.ded:5:9 Y",
    ]);
  });

  test("references are over includes, lines that are part of the program among them", async () => {
    const editor = await opened();
    const all = await editor.at("main.ded", "lo^g(Y, P)@async", "textDocument/references", {
      context: { includeDeclaration: true },
    });
    expect(places(editor, all)).toEqual([
      "main.ded:3:13 log",
      "main.ded:7:1 log",
      "main.ded:8:1 log",
      "main.ded:8:19 log",
      "main.ded:9:1 log",
      "spec.ded:1:14 log",
      "spec.ded:2:15 log",
    ]);
    const read = await editor.at("main.ded", 'bca^st("a"', "textDocument/references", {
      context: { includeDeclaration: false },
    });
    expect(places(editor, read)).toEqual(["main.ded:7:14 bcast", "main.ded:9:20 bcast", "spec.ded:1:25 bcast"]);
  });

  test("highlights are those of one text, and distinguish writes from reads", async () => {
    const editor = await opened();
    expect(await editor.at("main.ded", "bca^st(X, P);", "textDocument/documentHighlight")).toEqual([
      { range: { start: { line: 5, character: 0 }, end: { line: 5, character: 5 } }, kind: 3 },
      { range: { start: { line: 6, character: 13 }, end: { line: 6, character: 18 } }, kind: 2 },
      { range: { start: { line: 8, character: 19 }, end: { line: 8, character: 24 } }, kind: 2 },
    ]);
  });

  test("a relation is renamed in every file", async () => {
    const editor = await opened();
    const edit = (await editor.at("spec.ded", "post(X, P) :- lo^g", "textDocument/rename", {
      newName: "journal",
    })) as WorkspaceEdit;
    const changes = Object.entries(edit.changes ?? {}).map(([uri, edits]) => [
      nameOf(uri),
      edits.length,
      edits[0]?.newText,
    ]);
    expect(changes).toEqual([
      ["main.ded", 5, "journal"],
      ["spec.ded", 2, "journal"],
    ]);
  });

  test.each([
    ["what the specification is known by", "po^st(X, P)", "kept", "`post` has a fixed meaning"],
    ["a name that is in use", "post(X, P) :- lo^g", "bcast", "there already is a relation `bcast`"],
    [
      "what is no name",
      "post(X, P) :- lo^g",
      "Log",
      "`Log` is not the name of a relation: these start with a lower-case letter",
    ],
    ["a variable that is in use", "post(X^, P)", "P", "the statement already has a variable `P`"],
  ])("renaming is refused for %s", async (_, place, newName, reason) => {
    const editor = await opened();
    await expect(editor.at("spec.ded", place, "textDocument/rename", { newName })).rejects.toThrow(reason);
  });

  test("a rename that is impossible is refused before the user is asked for a name", async () => {
    const editor = await opened();
    expect(await editor.at("spec.ded", "po^st(X, P)", "textDocument/prepareRename")).toBeNull();
    expect(await editor.at("spec.ded", "post(X^, P)", "textDocument/prepareRename")).toEqual({
      start: { line: 1, character: 5 },
      end: { line: 1, character: 6 },
    });
  });
});

describe("writing", () => {
  const labels = (result: unknown): readonly string[] =>
    (result as readonly CompletionItem[]).map(({ label }) => label);
  const complete = async (text: string, marked: string): Promise<unknown> => {
    const editor = editorWith({ "spec.ded": spec });
    await editor.initialize({ textDocument: { completion: { completionItem: { snippetSupport: true } } } });
    await editor.open("new.ded", text);
    return editor.at("new.ded", marked, "textDocument/completion");
  };
  const before = 'node("a", "b")@1;\nlog(Node, Payload) :- bcast(Node, Payload);\n';

  test("offers relations with their columns in a body", async () => {
    const items = (await complete(`${before}p(X) :- l`, "p(X) :- l^")) as readonly CompletionItem[];
    expect(items.find(({ label }) => label === "log")).toEqual({
      label: "log",
      kind: 3,
      detail: "log(Node, Payload)",
      sortText: "00002",
      insertTextFormat: 2,
      textEdit: {
        range: { start: { line: 2, character: 8 }, end: { line: 2, character: 9 } },
        newText: `log(\${1:Node}, \${2:Payload})`,
      },
    });
    expect(labels(items)).toEqual(["bcast", "crash", "log", "node", "p", "X", "notin"]);
  });

  test.each([
    ["at the end of the name", "p(X) :- lo(X, Y), node(X, _);", "p(X) :- lo^", 8, 10],
    ["inside of the name", "p(X) :- loc (X, Y);", "p(X) :- lo^", 8, 11],
    ["in a head", "lo(X, Y)@next :- log(X, Y);", "Payload);\nlo^", 0, 2],
  ])("keeps the arguments that follow a relation: %s", async (_, line, marked, start, end) => {
    const items = (await complete(`${before}${line}`, marked)) as readonly CompletionItem[];
    expect(items.find(({ label }) => label === "log")).toMatchObject({
      insertTextFormat: 1,
      textEdit: { range: { start: { line: 2, character: start }, end: { line: 2, character: end } }, newText: "log" },
    });
  });

  test.each([
    [
      "the variables of the statement and the nodes between parentheses",
      "p(X, Y) :- log(X, ",
      "log(X, ^",
      ["X", "Y", '"a"', "_"],
    ],
    ["times after @", "p(X)@", "p(X)@^", ["next", "async"]],
    ["relations that can be defined where a statement begins", "", "Payload);\n^", ["bcast", "log", "node", "include"]],
    ["nodes inside a string", 'p("', 'p("^', ["a"]],
    ["files after include", 'include "', 'include "^', ["spec.ded"]],
    [
      "kinds of lines after //!",
      "//! ",
      "//! ^",
      ["check", "run", "durable", "forgets", "observer", "everywhere", "maybe", "one-of", "promise", "reach"],
    ],
    ["outcomes", "//! check eot=4 expect=", "expect=^", ["holds", "violated", "inconclusive", "error"]],
    ["nodes of a line", "//! check nodes=a,", "nodes=a,^", ["a"]],
    ["nothing in an ordinary comment", "// check ", "// check ^", []],
  ])("offers %s", async (_, text, marked, expected) => {
    expect(labels(await complete(before + text, marked))).toEqual(expected);
  });

  test("offers the keys of a line", async () => {
    const keys = labels(await complete("//! check eo", "eo^"));
    expect(keys).toEqual(expect.arrayContaining(["eot", "eff", "crashes", "expect", "with", "name"]));
    expect(keys).not.toContain("omit");
  });

  test("shows the columns of the atom that is being written", async () => {
    const editor = editorWith({});
    await editor.initialize();
    await editor.open("a.ded", `${before}p(X) :- log(X, `);
    expect(await editor.at("a.ded", "log(X, ^", "textDocument/signatureHelp")).toEqual({
      signatures: [
        { label: "log(Node, Payload)", parameters: [{ label: "Node" }, { label: "Payload" }], activeParameter: 1 },
      ],
      activeSignature: 0,
      activeParameter: 1,
    });
    expect(await editor.at("a.ded", "p(X) :- ^", "textDocument/signatureHelp")).toBeNull();
  });
});

describe("changing", () => {
  test("what a diagnostic advises can be done, and a relation can be carried", async () => {
    const editor = editorWith({});
    await editor.initialize();
    const text = 'r("a", 1)@1;\npost(X) :- r(X, Y);\n';
    await editor.open("a.ded", text);
    const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 17 } };
    const actions = await editor.about("a.ded", "textDocument/codeAction", { range, context: { diagnostics: [] } });
    expect(actions).toMatchObject([
      {
        title: "Write `_`",
        kind: "quickfix",
        isPreferred: true,
        edit: {
          changes: {
            "file:///files/a.ded": [
              { range: { start: { line: 1, character: 16 }, end: { line: 1, character: 17 } }, newText: "_" },
            ],
          },
        },
        diagnostics: [{ code: "single-use-variable" }],
      },
      {
        title: "Carry `post` to the next instant",
        kind: "refactor",
        edit: {
          changes: {
            "file:///files/a.ded": [
              { range: { start: { line: 1, character: 19 } }, newText: "\npost(X)@next :- post(X);" },
            ],
          },
        },
      },
    ]);
  });

  test("a text is formatted by the least change, and not at all if it has errors", async () => {
    const editor = editorWith({});
    await editor.initialize();
    await editor.open("a.ded", 'r("a")@1;\npost(X):-r(X);\n');
    const options = { options: { tabSize: 2, insertSpaces: true } };
    expect(await editor.about("a.ded", "textDocument/formatting", options)).toEqual([
      { range: { start: { line: 1, character: 7 }, end: { line: 1, character: 9 } }, newText: " :- " },
    ]);
    await editor.replace("a.ded", "r(;");
    expect(await editor.about("a.ded", "textDocument/formatting", options)).toEqual([]);
  });

  test("the statements of a part are formatted, even if there are errors elsewhere", async () => {
    const editor = editorWith({});
    await editor.initialize();
    await editor.open("a.ded", 'r( "a" )@1;\nr( "b" )@1;\nr(;\n');
    const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } };
    expect(
      await editor.about("a.ded", "textDocument/rangeFormatting", {
        range,
        options: { tabSize: 2, insertSpaces: true },
      }),
    ).toEqual([{ range: { start: { line: 1, character: 0 }, end: { line: 1, character: 10 } }, newText: 'r("b")@1' }]);
  });
});

describe("the shape of a text", () => {
  test("its outline is its facts and rules", async () => {
    const editor = await opened();
    const symbols = (await editor.about("main.ded", "textDocument/documentSymbol")) as readonly DocumentSymbol[];
    expect(symbols.map(({ name, kind, detail }) => `${kind} ${name}${detail ?? ""}`)).toEqual([
      '14 node("a", "b")@1',
      "12 node(X, Y)@next :- node(X, Y)",
      '14 bcast("a", "hi")@1',
      "12 log(X, P) :- bcast(X, P)",
      "12 log(X, P)@next :- log(X, P)",
      "12 log(Y, P)@async :- bcast(X, P), node(X, Y)",
    ]);
  });

  test("relations are found in all files", async () => {
    const editor = await opened();
    const found = await editor.connection.sendRequest("workspace/symbol", { query: "o" });
    expect(
      places(
        editor,
        (found as readonly { location: Location }[]).map(({ location }) => location),
      ),
    ).toEqual(["main.ded:4:1 node", "main.ded:7:1 log", "spec.ded:2:1 post"]);
  });

  test("rules and comments of several lines fold", async () => {
    const editor = editorWith({});
    await editor.initialize();
    await editor.open("a.ded", '// one\n// two\n\nr("a")@1;\npost(X) :-\n  r(X),\n  s(X;\n');
    expect(await editor.about("a.ded", "textDocument/foldingRange")).toEqual([
      { startLine: 0, endLine: 1, kind: "comment" },
      { startLine: 4, endLine: 6, kind: "region" },
    ]);
  });

  test("a selection grows from a variable to the text", async () => {
    const editor = await opened();
    const positions = [editor.position("main.ded", "node(X^, Y);\nbcast")];
    const [selection] = (await editor.about("main.ded", "textDocument/selectionRange", { positions })) as readonly {
      range: { start: { line: number; character: number }; end: { line: number; character: number } };
      parent?: unknown;
    }[];
    const texts: string[] = [];
    for (let at = selection; at !== undefined; at = at.parent as typeof selection)
      texts.push(editor.slice("main.ded", at.range));
    expect(texts).toEqual(["X", "node(X, Y)", "node(X, Y)@next :- node(X, Y)", main]);
  });

  test("tokens distinguish heads, negated and built-in relations, locations and wildcards", async () => {
    const editor = editorWith({});
    await editor.initialize();
    await editor.open("a.ded", 'r("a")@1;\npost(X) :- r(X), notin crash(_, X, 3);\n');
    const { data } = (await editor.about("a.ded", "textDocument/semanticTokens/full")) as { data: readonly number[] };
    const rows = Array.from({ length: data.length / 5 }, (_, i) => data.slice(i * 5, i * 5 + 5));
    // Line and column from the one before, length, type, modifiers.
    expect(rows).toEqual([
      [0, 0, 1, 0, 1],
      [0, 2, 3, 4, 8],
      [0, 4, 2, 6, 0],
      [1, 0, 4, 0, 1],
      [0, 5, 1, 2, 8],
      [0, 6, 1, 0, 0],
      [0, 2, 1, 2, 8],
      [0, 10, 5, 0, 6],
      [0, 6, 1, 1, 24],
      [0, 3, 1, 1, 0],
      [0, 3, 1, 5, 0],
    ]);
  });

  test("hints are off unless they are asked for", async () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    expect(await (await opened()).about("main.ded", "textDocument/inlayHint", { range })).toEqual([]);
    const editor = await opened({}, { inlayHints: true });
    const hints = (await editor.about("main.ded", "textDocument/inlayHint", { range })) as readonly { label: string }[];
    expect(hints.map(({ label }) => label).slice(0, 5)).toEqual(["X:", "Y:", ": string", ": string", "X:"]);
  });
});
