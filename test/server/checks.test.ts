import { describe, expect, test } from "vitest";
import type { CodeLens, Diagnostic } from "vscode-languageserver";
import { doLanguageWork } from "../../src/cli/commands/language-work.js";
import type { LanguageAnswer, LanguageWork } from "../../src/server/platform.js";
import { undisturbed } from "../cli/in-process.js";
import { memoryFiles } from "../program/memory-files.js";
import type { Editor } from "./editor.js";
import { editorWith, uriOf } from "./editor.js";

const text = `//! check eot=4 eff=2 expect=holds
//! run omit=a,b,1 eot=4 expect=violated
node("a", "b")@1;
bcast("a", "hi")@1;
log(X, P) :- bcast(X, P);
log(X, P)@next :- log(X, P);
log(Y, P)@async :- bcast(X, P), node(X, Y);
pre(P) :- log(_, P);
post(P) :- log("b", P);
`;

async function titles(editor: Editor): Promise<readonly string[]> {
  const lenses = (await editor.about("a.ded", "textDocument/codeLens")) as readonly CodeLens[];
  return lenses.map(({ range, command }) => `${range.start.line + 1} ${command?.title ?? ""}`);
}

function execute(editor: Editor, command: string, line: number): Promise<unknown> {
  return editor.connection.sendRequest("workspace/executeCommand", { command, arguments: [uriOf("a.ded"), line] });
}

async function opened(): Promise<Editor> {
  const editor = editorWith({});
  await editor.initialize({
    workspace: { codeLens: { refreshSupport: true } },
    window: { showDocument: { support: true } },
  });
  await editor.open("a.ded", text);
  return editor;
}

describe("verdicts in the margin", () => {
  test("a line is run on request, and shows its result until a text changes", async () => {
    const editor = await opened();
    expect(await titles(editor)).toEqual(["1 ▶ run", "2 ▶ run"]);
    const answer = await execute(editor, "ldfi.check", 0);
    expect(answer).toMatchObject({
      line: 0,
      outcome: "violated",
      met: false,
      sentence: "one message a → b, sent at 1, is lost",
    });
    expect(await titles(editor)).toEqual([
      "1 ✗ violated, which is not what the line expects: one message a → b, sent at 1, is lost",
      "1 show the counterexample",
      "1 keep it as a test",
      "1 look for a repair",
      "2 ▶ run",
    ]);
    expect(editor.asked.some(({ method }) => method === "workspace/codeLens/refresh")).toBe(true);
    await editor.replace("a.ded", text.replace("hi", "ho"));
    expect(await titles(editor)).toEqual([
      "1 ✗ violated, which is not what the line expects, before the last change · ▶ run again",
      "2 ▶ run",
    ]);
  });

  test("a schedule is run as well", async () => {
    const editor = await opened();
    expect(await execute(editor, "ldfi.check", 1)).toMatchObject({ outcome: "violated", met: true });
    expect((await titles(editor))[1]).toBe('2 ✓ violated: post("hi") is missing');
  });

  test("the rules on which a counterexample turns are marked, until a text changes", async () => {
    const editor = await opened();
    const blamed = (found: readonly Diagnostic[]): readonly string[] =>
      found.filter(({ code }) => code === "violated").map(({ range, message }) => `${range.start.line + 1} ${message}`);
    await editor.next("a.ded");
    await execute(editor, "ldfi.check", 0);
    expect(blamed(await editor.next("a.ded"))).toEqual(["7 sent here and lost: a → b at 1", "8 promised here"]);
    await editor.replace("a.ded", text.replace("hi", "ho"));
    expect(blamed(await editor.next("a.ded"))).toEqual([]);
  });

  test("the counterexample is shown as a page, and kept as a line", async () => {
    const editor = await opened();
    await execute(editor, "ldfi.showCounterexample", 0);
    expect(editor.asked.find(({ method }) => method === "window/showDocument")?.params).toEqual({
      uri: "file:///files/a.ded.html",
      external: true,
    });
    expect(await execute(editor, "ldfi.pin", 0)).toEqual({
      applied: true,
      line: "//! run omit=a,b,1 eot=4 expect=violated",
    });
    expect(editor.asked.find(({ method }) => method === "workspace/applyEdit")?.params).toMatchObject({
      edit: {
        changes: {
          [uriOf("a.ded")]: [
            {
              range: { start: { line: 0, character: 34 } },
              newText: "\n//! run omit=a,b,1 eot=4 expect=violated",
            },
          ],
        },
      },
    });
    await expect(execute(editor, "ldfi.pin", 1)).rejects.toThrow("there is no counterexample to keep");
  });

  test("a command away from a line runs the one above, and a file without lines is refused", async () => {
    const editor = await opened();
    expect(await execute(editor, "ldfi.check", 5)).toMatchObject({ line: 1 });
    await editor.replace("a.ded", 'post("a")@1;');
    await expect(execute(editor, "ldfi.check", 0)).rejects.toThrow("has no `//! check`");
  });
});

describe("while a check is running", () => {
  /** Work that ends when the test says so. */
  function held() {
    const started: { readonly work: LanguageWork; readonly finish: () => void; cancelled: boolean }[] = [];
    const platform = {
      work: (work: LanguageWork) => {
        let settle: (answer: LanguageAnswer | undefined) => void = () => {};
        const answer = new Promise<LanguageAnswer | undefined>((resolve) => {
          settle = resolve;
        });
        if (work.kind === "firings") {
          settle({ kind: "firings", firings: [] });
          return { answer, cancel: () => {} };
        }
        const reader = memoryFiles({});
        const item = {
          work,
          finish: () => settle(doLanguageWork(work, { ...undisturbed, reader })),
          cancelled: false,
        };
        started.push(item);
        return {
          answer,
          cancel: () => {
            item.cancelled = true;
            settle(undefined);
          },
        };
      },
    };
    return { started, platform };
  }

  test("other requests are answered, and in their order", async () => {
    const { started, platform } = held();
    const editor = editorWith({}, platform);
    await editor.initialize();
    await editor.open("a.ded", text);
    const check = execute(editor, "ldfi.check", 0);
    const order: string[] = [];
    const requests = ["textDocument/documentSymbol", "textDocument/foldingRange", "textDocument/codeLens"].map(
      (method) => editor.about("a.ded", method).then(() => order.push(method)),
    );
    await Promise.all(requests);
    expect(order).toEqual(["textDocument/documentSymbol", "textDocument/foldingRange", "textDocument/codeLens"]);
    expect(await titles(editor)).toEqual(["1 … running", "2 ▶ run"]);
    started[0]?.finish();
    expect(await check).toMatchObject({ outcome: "violated" });
  });

  test("a newer check cancels it, and only the newer one is answered", async () => {
    const { started, platform } = held();
    const editor = editorWith({}, platform);
    await editor.initialize();
    await editor.open("a.ded", text);
    const first = execute(editor, "ldfi.check", 0);
    const second = execute(editor, "ldfi.check", 1);
    expect(await first).toBeNull();
    expect(started.map(({ cancelled }) => cancelled)).toEqual([true, false]);
    started[1]?.finish();
    expect(await second).toMatchObject({ line: 1, outcome: "violated" });
    expect(await titles(editor)).toEqual(["1 ▶ run", '2 ✓ violated: post("hi") is missing']);
  });

  test("a check uses the texts as they are being edited", async () => {
    const { started, platform } = held();
    const editor = editorWith({ "a.ded": 'post("a")@1;' }, platform);
    await editor.initialize();
    await editor.open("a.ded", text);
    const check = execute(editor, "ldfi.check", 0);
    await editor.about("a.ded", "textDocument/codeLens");
    expect([...(started[0]?.work.texts ?? [])]).toEqual([["/files/a.ded", text]]);
    started[0]?.finish();
    await check;
  });
});
