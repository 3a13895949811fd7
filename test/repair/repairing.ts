import { diskFiles } from "../../src/disk/disk-files.js";
import { loadProgram } from "../../src/program/load.js";
import type { RepairOptions } from "../../src/repair/repair.js";
import { repair } from "../../src/repair/repair.js";
import type { Repair, RepairResult } from "../../src/repair/result.js";
import type { FileReader } from "../../src/source/file-reader.js";

/** A reader of files in memory; names are paths. */
export function memory(files: Readonly<Record<string, string>>): FileReader {
  return {
    read: (path) => {
      const text = files[path];
      return text === undefined ? { kind: "missing" } : { kind: "read", text };
    },
    resolve: (path) => path,
    folder: () => ".",
    join: (_, path) => path,
  };
}

/** The repairs of a text, or of files of which `main.ded` is the program. */
export function repairOf(source: string | Readonly<Record<string, string>>, options: RepairOptions): RepairResult {
  const files = typeof source === "string" ? { "main.ded": source } : source;
  return repairWith("main.ded", memory(files), options);
}

/** The repairs of a program of the library. */
export function libraryRepair(name: string, options: RepairOptions): RepairResult {
  return repairWith(`programs/${name}.ded`, diskFiles(), options);
}

function repairWith(path: string, reader: FileReader, options: RepairOptions): RepairResult {
  const { trees, program, diagnostics } = loadProgram([path], reader);
  if (program === undefined) throw new Error(diagnostics.map((d) => d.message).join("\n"));
  const { result } = repair(trees, options, { files: [path], reader, includeDirs: [] });
  if (result === undefined) throw new Error("the options are wrong");
  return result;
}

export function repairsOf(result: RepairResult): readonly Repair[] {
  return result.kind === "repaired" ? result.repairs : [];
}

/** The lines that a repair adds and removes, with `+` and `-`. */
export function changedLines({ diff }: Repair): readonly string[] {
  return diff.flatMap(({ hunks }) =>
    hunks.flatMap(({ lines }) =>
      lines.flatMap(({ kind, text }) => (kind === "same" ? [] : [`${kind === "added" ? "+" : "-"}${text}`])),
    ),
  );
}

export function titlesOf(result: RepairResult): readonly string[] {
  return repairsOf(result).map(({ edits }) => edits.map(({ title }) => title).join("; "));
}

/** The lines that a repair by a template changes, if one is offered. */
export function byTemplate(program: string, options: RepairOptions, template: string): readonly string[] | undefined {
  const result = repairOf(program, { maxEdits: 1, maxRepairs: 20, ...options });
  const found = repairsOf(result).find(({ edits }) => edits.every((edit) => edit.template === template));
  return found === undefined ? undefined : changedLines(found).filter((line) => line !== "+");
}
