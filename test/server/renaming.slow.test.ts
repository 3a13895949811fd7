import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { diskFiles } from "../../src/disk/disk-files.js";
import { diskFolders } from "../../src/disk/disk-folders.js";
import { run } from "../../src/execution/run.js";
import { namedAt } from "../../src/language/navigation.js";
import { occurrencesIn } from "../../src/language/occurrences.js";
import { ParseCache } from "../../src/language/parse-cache.js";
import { renameAt } from "../../src/language/rename.js";
import { filesOf, viewsOf } from "../../src/language/views.js";
import { Workspace } from "../../src/language/workspace.js";
import { loadProgram } from "../../src/program/load.js";
import { inferNodes } from "../../src/program/nodes.js";
import type { TextEdit } from "../../src/source/diagnostic.js";
import type { FileReader } from "../../src/source/file-reader.js";
import { edited } from "../../src/source/fixes.js";
import { programsAt } from "../../src/testing/discovery.js";
import { root } from "../cli/ldfi.js";

const disk = diskFiles();
const { files } = programsAt([join(root, "programs")], diskFolders, disk);

/** The relations of the run without faults, each with its tuples, under the name that it has now. */
function tablesOf(path: string, reader: FileReader, names: ReadonlyMap<string, string>): readonly string[] {
  const surroundings = { reader, includeDirs: [], parses: new ParseCache() };
  return viewsOf(path, surroundings).map(({ expectation, diagnostics }) => {
    const { program, diagnostics: problems } = loadProgram(filesOf(path, expectation, surroundings), reader);
    if (program === undefined) return [...problems, ...diagnostics].map(({ code }) => code).join();
    const eot = Math.min(expectation?.eot ?? 4, 6);
    const result = run(program, { nodes: inferNodes(program, eot), eot, schedule: [] });
    if (result.kind !== "run") return result.kind;
    const tables = program.relations.map(({ id, name }) => {
      const tuples = Array.from({ length: eot }, (_, i) => JSON.stringify(result.execution.tuples(id, i + 1)));
      return `${names.get(name) ?? name}: ${tuples.join(" ")}`;
    });
    return tables.sort().join("\n");
  });
}

/** The disk with edits made. */
function withEdits(edits: readonly TextEdit[]): FileReader {
  const texts = new Map<string, string>();
  const byFile = new Map<string, TextEdit[]>();
  for (const edit of edits) {
    const key = disk.resolve(edit.span.file.path);
    byFile.set(key, [...(byFile.get(key) ?? []), edit]);
  }
  for (const [key, list] of byFile) texts.set(key, edited(list[0]?.span.file.text ?? "", list));
  return {
    ...disk,
    read: (path) => {
      const text = texts.get(disk.resolve(path));
      return text === undefined ? disk.read(path) : { kind: "read", text };
    },
  };
}

test("after a relation is renamed the programs parse and derive the same; some relations of the library", () => {
  const workspace = new Workspace(disk, () => files);
  let renamed = 0;
  let seen = 0;
  for (const path of files) {
    const tree = workspace.treeOf(path);
    const names = new Map(occurrencesIn(tree).map((o) => [o.name, o]));
    for (const [name, { span }] of names) {
      if (seen++ % 43 !== 0) continue;
      const renaming = renameAt(workspace, path, span.start, "renamed_by_test");
      if (renaming.kind === "refused") {
        expect(["pre", "post", "never", "crash", "restart"]).toContain(name);
        continue;
      }
      renamed++;
      const reader = withEdits(renaming.edits);
      const touched = [...new Set(renaming.edits.map((edit) => edit.span.file.path))];
      const roots = new Set(touched.flatMap((file) => workspace.rootsOf(file)));
      for (const other of [...roots].slice(0, 3))
        expect(tablesOf(other, reader, new Map([["renamed_by_test", name]])), `${name} in ${other}`).toEqual(
          tablesOf(other, disk, new Map()),
        );
    }
  }
  expect(renamed).toBeGreaterThan(10);
});

test("the references of a relation are its names in the texts, all and only", () => {
  const workspace = new Workspace(disk, () => files);
  for (const path of files.filter((_, i) => i % 9 === 0)) {
    for (const { name, span } of occurrencesIn(workspace.treeOf(path))) {
      const named = namedAt(workspace, path, span.start);
      if (named?.kind !== "relation") throw new Error(`${name} is no relation in ${path}`);
      const text = readFileSync(path, "utf8");
      const code = text.replace(/\/\/(?!!).*|"(?:[^"\\]|\\.)*"/g, (part) => " ".repeat(part.length));
      const calls = [...code.matchAll(new RegExp(`\\b${name}(?=\\s*\\()`, "g"))].map(({ index }) => index);
      const own = named.occurrences
        .filter((o) => o.span.file.path === path && o.args !== undefined)
        .map((o) => o.span.start);
      const inside = calls.filter((at) => !/^\s*\/\/!/.test(text.slice(text.lastIndexOf("\n", at) + 1, at)));
      expect(own.filter((at) => !/^\s*\/\/!/.test(text.slice(text.lastIndexOf("\n", at) + 1, at)))).toEqual(inside);
      break;
    }
  }
});
