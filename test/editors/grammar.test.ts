import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import oniguruma from "vscode-oniguruma";
import type { IGrammar } from "vscode-textmate";
import textmate from "vscode-textmate";
import { diskFiles } from "../../src/disk/disk-files.js";
import { diskFolders } from "../../src/disk/disk-folders.js";
import { occurrencesIn, variablesOf } from "../../src/language/occurrences.js";
import { positionAt } from "../../src/source/line-index.js";
import { parseText } from "../../src/syntax/parser.js";
import { programsAt } from "../../src/testing/discovery.js";
import { root } from "../cli/ldfi.js";

let grammar: IGrammar;
beforeAll(async () => {
  const wasm = createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm");
  await oniguruma.loadWASM(readFileSync(wasm));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () =>
      textmate.parseRawGrammar(
        readFileSync(join(root, "editors/vscode/syntaxes/dedalus.tmLanguage.json"), "utf8"),
        "dedalus.json",
      ),
  });
  const loaded = await registry.loadGrammar("source.dedalus");
  if (loaded === null) throw new Error("the grammar cannot be read");
  grammar = loaded;
});

/** The innermost scope at each column of each line. */
function scopesOf(text: string): readonly (readonly string[])[] {
  let state = textmate.INITIAL;
  return text.split("\n").map((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    return tokens.flatMap(({ startIndex, endIndex, scopes }) =>
      Array.from({ length: endIndex - startIndex }, () => scopes.at(-1) ?? ""),
    );
  });
}

describe("the highlighting of editors", () => {
  test("distinguishes names, variables, strings and comments as the parser does, in every program of the library", () => {
    const { files } = programsAt([join(root, "programs")], diskFolders, diskFiles());
    expect(files.length).toBeGreaterThan(100);
    const wrong: string[] = [];
    for (const path of files) {
      const text = readFileSync(path, "utf8");
      const { tree } = parseText({ path, text });
      const scopes = scopesOf(text);
      const expectScope = (offset: number, scope: RegExp): void => {
        const { line, column } = positionAt(tree.source, offset);
        const found = scopes[line - 1]?.[column - 1] ?? "";
        if (!scope.test(found)) wrong.push(`${path}:${line}:${column} ${found}`);
      };
      for (const { span, args } of occurrencesIn(tree))
        if (args !== undefined) expectScope(span.start, /^(entity\.name|support)\.function\./);
      for (const statement of tree.statements)
        for (const { span } of variablesOf(statement)) expectScope(span.start, /^variable\.other\./);
      for (const comment of tree.comments)
        if (!comment.text.startsWith("//!")) expectScope(comment.span.start, /^comment\./);
    }
    expect(wrong).toEqual([]);
  });

  test.each([
    ["log(X)@next :- log(X), notin s(_);", "@next", "storage.modifier.time.dedalus"],
    ["log(X)@next :- log(X), notin s(_);", "notin", "keyword.operator.negation.dedalus"],
    ["log(X)@next :- log(X), notin s(_);", "_", "variable.language.wildcard.dedalus"],
    ["n(X, count<Y>) :- r(X, Y);", "count", "support.function.aggregate.dedalus"],
    ["pre(X) :- r(X), notin crash(X, X, _);", "crash", "support.function.builtin.dedalus"],
    ['include "a.ded";', "include", "keyword.control.include.dedalus"],
    ['r("a // no comment", 12)@1;', "// no", "string.quoted.double.dedalus"],
    ['r("a // no comment", 12)@1;', "12", "constant.numeric.dedalus"],
    ["//! check eot=4 expect=holds", "check", "keyword.control.directive.dedalus"],
    ["//! check eot=4 expect=holds", "eot", "variable.parameter.dedalus"],
    ["//! durable log", "log", "entity.name.function.dedalus"],
  ])("%s: %s is %s", (line, part, scope) => {
    expect(scopesOf(line)[0]?.[line.indexOf(part)]).toBe(scope);
  });
});
