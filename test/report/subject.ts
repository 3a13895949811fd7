import { diskFiles } from "../../src/disk/disk-files.js";
import { Evidence } from "../../src/evidence/evidence.js";
import { loadProgram } from "../../src/program/load.js";
import type { CheckReport } from "../../src/report/check-report.js";
import type { CheckOptions } from "../../src/search/check.js";
import { check, prepare } from "../../src/search/check.js";
import { marginOf } from "../../src/search/margin.js";
import type { FileReader } from "../../src/source/file-reader.js";

/** A check with everything that its reports are made from. */
export interface Subject {
  readonly report: CheckReport;
  readonly evidence: Evidence;
}

/** Checks programs of the library, by path from the root of the repository. */
export function checked(files: readonly string[], options: CheckOptions): Subject {
  return checkedWith(files, diskFiles(undefined), options);
}

/** Checks programs of the library that hold, and measures their margin. */
export function measured(files: readonly string[], options: CheckOptions): Subject {
  return withMargin(checked(files, options), options);
}

/** The same of a program text. */
export function measuredText(text: string, options: CheckOptions): Subject {
  return withMargin(checkedText(text, options), options);
}

function withMargin(subject: Subject, options: CheckOptions): Subject {
  const { setting } = prepare(subject.report.program, options);
  if (setting === undefined) throw new Error("what was checked cannot be prepared again");
  return { ...subject, report: { ...subject.report, margin: marginOf(setting, {}) } };
}

/** Checks a program text. */
export function checkedText(text: string, options: CheckOptions): Subject {
  const reader: FileReader = {
    read: () => ({ kind: "read", text }),
    resolve: (path) => path,
    folder: () => ".",
    join: (_, path) => path,
  };
  return checkedWith(["text.ded"], reader, options);
}

function checkedWith(files: readonly string[], reader: FileReader, options: CheckOptions): Subject {
  const { program, diagnostics } = loadProgram(files, reader);
  if (program === undefined) throw new Error(diagnostics.map((d) => d.message).join("\n"));
  const prepared = prepare(program, options);
  if (prepared.setting === undefined) throw new Error(prepared.diagnostics.map((d) => d.message).join("\n"));
  const result = check(prepared.setting, options);
  if (result.kind === "error") throw new Error(`the program fails in evaluation: ${result.error.kind}`);
  const { verdict } = result;
  const replay =
    verdict.kind === "violated"
      ? { replay: { files, eot: verdict.budget.eot, includeDirs: [], schedule: verdict.counterexample.schedule } }
      : {};
  const evidence = new Evidence(verdict);
  return {
    report: { program, files, verdict, diagnostics: [...diagnostics, ...prepared.diagnostics], evidence, ...replay },
    evidence,
  };
}
