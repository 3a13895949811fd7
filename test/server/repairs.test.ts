import { describe, expect, test } from "vitest";
import type { CodeAction, Range, WorkspaceEdit } from "vscode-languageserver";
import type { LanguageAnswer, LanguageWork, Platform } from "../../src/server/platform.js";
import type { Editor } from "./editor.js";
import { editorWith, nameOf, uriOf } from "./editor.js";

const spec = `pre(P) :- log(_, P);
post(P) :- log("b", P);
`;
const main = `include "spec.ded";
//! check eot=4 eff=3 expect=holds
node("a", "b")@1;
node(X, Y)@next :- node(X, Y);
bcast("a", "hi")@1;
log(X, P) :- bcast(X, P);
log(X, P)@next :- log(X, P);
log(Y, P)@async :- bcast(X, P), node(X, Y);
`;

async function opened(platform: Partial<Platform> = {}, text = main): Promise<Editor> {
  const editor = editorWith({ "spec.ded": spec }, platform);
  await editor.initialize({ window: { workDoneProgress: true } });
  await editor.open("main.ded", text);
  await editor.open("spec.ded", spec);
  return editor;
}

function execute(editor: Editor, command: string, line: number): Promise<unknown> {
  return editor.connection.sendRequest("workspace/executeCommand", { command, arguments: [uriOf("main.ded"), line] });
}

function at(line: number): Range {
  return { start: { line, character: 0 }, end: { line, character: 0 } };
}

/** The titles of what can be done at the beginning of a line, and for which diagnostics. */
async function actions(editor: Editor, path: string, line: number): Promise<readonly (readonly string[])[]> {
  const found = await editor.about(path, "textDocument/codeAction", { range: at(line), context: { diagnostics: [] } });
  return (found as readonly CodeAction[])
    .filter(({ command }) => command !== undefined)
    .map(({ title, diagnostics = [] }) => [title, ...diagnostics.map(({ message }) => String(message))]);
}

/** The texts to which an edit of the server would bring the files. */
function applied(editor: Editor): Readonly<Record<string, string>> {
  const request = editor.asked.find(({ method }) => method === "workspace/applyEdit");
  const { changes = {} } = (request?.params as { edit: WorkspaceEdit } | undefined)?.edit ?? {};
  return Object.fromEntries(
    Object.entries(changes).map(([uri, [edit]]) => {
      if (edit === undefined) throw new Error("an empty edit");
      const text = editor.slice(nameOf(uri), { start: { line: 0, character: 0 }, end: edit.range.start });
      const rest = editor.slice(nameOf(uri), { start: edit.range.end, end: { line: 99, character: 0 } });
      return [nameOf(uri), text + edit.newText + rest];
    }),
  );
}

describe("a repair", () => {
  test("is offered at a violated line, and at the rules that its counterexample depends on", async () => {
    const editor = await opened();
    expect(await actions(editor, "main.ded", 1)).toEqual([]);
    await execute(editor, "ldfi.check", 1);
    const [repair, keep] = ["Look for a repair, and apply it", "Keep the counterexample as a test"];
    expect(await actions(editor, "main.ded", 1)).toEqual([[repair], [keep]]);
    const lost = "sent here and lost: a → b at 1";
    expect(await actions(editor, "main.ded", 7)).toEqual([
      [repair, lost],
      [keep, lost],
    ]);
    expect(await actions(editor, "spec.ded", 0)).toEqual([
      [repair, "promised here"],
      [keep, "promised here"],
    ]);
    expect(await actions(editor, "main.ded", 2)).toEqual([]);
    await editor.replace("main.ded", main.replace("hi", "ho"));
    expect(await actions(editor, "main.ded", 1)).toEqual([]);
  });

  test("is searched with progress and applied: the one that the user chooses, under which the line holds", async () => {
    const editor = await opened();
    let choices: readonly { title: string }[] = [];
    editor.answers.set("window/showMessageRequest", (params) => {
      choices = (params as { actions: typeof choices }).actions;
      return choices[1] ?? null;
    });
    const answer = await execute(editor, "ldfi.repair", 5);
    expect(choices.map(({ title }) => title)).toEqual([
      "bcast is kept, so that log is sent at every instant",
      "who receives log passes it on to each node",
    ]);
    expect(answer).toMatchObject({ applied: true, title: choices[1]?.title });
    expect(editor.asked.map(({ method }) => method)).toContain("window/workDoneProgress/create");
    const texts = applied(editor);
    expect(Object.keys(texts)).toEqual(["main.ded"]);
    await editor.replace("main.ded", texts["main.ded"] ?? "");
    expect(await execute(editor, "ldfi.check", 1)).toMatchObject({ outcome: "holds", met: true });
  });

  test("is not applied if the user chooses none", async () => {
    const editor = await opened();
    expect(await execute(editor, "ldfi.repair", 1)).toMatchObject({ applied: false });
    expect(applied(editor)).toEqual({});
  });

  test("reports that none was found, or that there is nothing to repair", async () => {
    const editor = await opened({}, main.replace('bcast("a", "hi")@1', 'bcast("b", "hi")@1'));
    const answer = await execute(editor, "ldfi.repair", 1);
    expect(answer).toEqual({ applied: false, sentence: "the program holds under the whole budget" });
    expect(editor.shown).toEqual(["ldfi: the program holds under the whole budget"]);
    await editor.replace("main.ded", main.replace(/^\/\/!.*\n/m, ""));
    await expect(execute(editor, "ldfi.repair", 1)).rejects.toThrow("the file has no `//! check` line");
  });
});

describe("while a repair is searched", () => {
  interface Started {
    readonly kind: LanguageWork["kind"];
    readonly answer: (answer: LanguageAnswer | undefined) => void;
  }

  /** Searches and checks that go on until the test ends them. `begun`: the next one. */
  function held() {
    const started: Started[] = [];
    const waiting: ((next: Started) => void)[] = [];
    const begun = (): Promise<Started> =>
      new Promise((resolve) => {
        const next = started.shift();
        if (next === undefined) waiting.push(resolve);
        else resolve(next);
      });
    const cancelled: LanguageWork["kind"][] = [];
    const work: Platform["work"] = (asked) => {
      let settle: (answer: LanguageAnswer | undefined) => void = () => {};
      const answer = new Promise<LanguageAnswer | undefined>((resolve) => {
        settle = resolve;
      });
      const begins: Started = { kind: asked.kind, answer: (given) => settle(given) };
      const next = asked.kind === "firings" ? undefined : waiting.shift();
      if (asked.kind === "firings") settle(undefined);
      else if (next === undefined) started.push(begins);
      else next(begins);
      const cancel = (): void => {
        cancelled.push(asked.kind);
        settle(undefined);
      };
      return { answer, cancel };
    };
    return { begun, cancelled, platform: { work } };
  }

  test("other requests are answered", async () => {
    const { begun, platform } = held();
    const editor = await opened(platform);
    const repair = execute(editor, "ldfi.repair", 1);
    const search = await begun();
    expect(search.kind).toBe("repair");
    expect(await editor.about("main.ded", "textDocument/foldingRange")).toEqual([]);
    expect(await editor.at("main.ded", "lo^g(Y", "textDocument/hover")).not.toBeNull();
    search.answer({ kind: "repair", answer: { sentence: "3 candidates tried, none holds", repairs: [] } });
    expect(await repair).toEqual({ applied: false, sentence: "3 candidates tried, none holds" });
  });

  test("a change of a text ends it, and so does a check; another text may be opened", async () => {
    const { begun, cancelled, platform } = held();
    const editor = await opened(platform);
    const first = execute(editor, "ldfi.repair", 1);
    await begun();
    await editor.open("other.ded", 'post("a")@1;');
    await editor.about("other.ded", "textDocument/foldingRange");
    expect(cancelled).toEqual([]);
    await editor.replace("main.ded", `${main}// more\n`);
    expect(await first).toBeNull();
    const second = execute(editor, "ldfi.repair", 1);
    await begun();
    const check = execute(editor, "ldfi.check", 1);
    expect(await second).toBeNull();
    expect(cancelled).toEqual(["repair", "repair"]);
    (await begun()).answer(undefined);
    expect(await check).toBeNull();
  });

  test("the user can end it by its progress", async () => {
    const { begun, cancelled, platform } = held();
    const editor = await opened(platform);
    const repair = execute(editor, "ldfi.repair", 1);
    await begun();
    const created = editor.asked.find(({ method }) => method === "window/workDoneProgress/create");
    await editor.connection.sendNotification("window/workDoneProgress/cancel", created?.params as object);
    expect(await repair).toBeNull();
    expect(cancelled).toEqual(["repair"]);
  });

  test("a repair of a text that has changed meanwhile is refused", async () => {
    const { begun, platform } = held();
    const editor = await opened(platform);
    const repair = execute(editor, "ldfi.repair", 1);
    const files = [{ path: "/files/main.ded", before: "something else", after: "post(1)@1;" }];
    const repairs = [{ title: "a rule", files, noLongerMet: [] }];
    (await begun()).answer({ kind: "repair", answer: { sentence: "1 repair holds", repairs } });
    await expect(repair).rejects.toThrow("a text has changed");
    expect(applied(editor)).toEqual({});
  });
});
