import { loadProgram } from "../program/load.js";
import { repair } from "../repair/repair.js";
import type { EditedFile, RepairResult } from "../repair/result.js";
import { repairSentence, titleOf } from "../report/text/repair-words.js";
import type { FileReader } from "../source/file-reader.js";
import { expectationsIn } from "../testing/discovery.js";
import { parametersOf } from "../testing/runner.js";
import { count } from "../wording/numbers.js";
import { ParseCache } from "./parse-cache.js";
import { filesOf } from "./views.js";

/* Questions of an editor to the search for repairs, answered in another thread: question and answer are plain data. */

export interface RepairQuestion {
  /** The file of the `//! check` line, and the line, from 1. */
  readonly path: string;
  readonly line: number;
  readonly includeDirs: readonly string[];
}

export interface RepairAnswer {
  /** How the search ended. */
  readonly sentence: string;
  /** The best first; empty if none was found. */
  readonly repairs: readonly OfferedRepair[];
}

/** A change of the texts under which the line holds. */
export interface OfferedRepair {
  readonly title: string;
  readonly files: readonly EditedFile[];
  /** `//! check` and `//! run` lines of the program that it no longer meets, as written. */
  readonly noLongerMet: readonly string[];
}

export interface RepairMeans {
  readonly reader: FileReader;
  readonly interrupted: () => boolean;
  readonly progress: (line: string) => void;
}

/** Looks for repairs under the budget of a `//! check` line; `undefined` if there is none on the line. */
export function answerRepair(
  { path, line, includeDirs }: RepairQuestion,
  { reader, interrupted, progress }: RepairMeans,
): RepairAnswer | undefined {
  const found = expectationsIn(path, reader).cases.find((candidate) => candidate.line === line);
  if (found === undefined || found.expectation.kind !== "check") return undefined;
  const { expectation } = found;
  const files = filesOf(path, expectation, { reader, includeDirs, parses: new ParseCache() });
  const { program, trees, diagnostics } = loadProgram(files, reader, { includeDirs });
  if (program === undefined) return { sentence: diagnostics[0]?.message ?? "the program is wrong", repairs: [] };
  const searched = repair(
    trees,
    {
      ...parametersOf(expectation),
      interrupted,
      onRepairProgress: ({ tried, accepted }) => progress(progressLine(tried, accepted)),
    },
    { reader, includeDirs, files },
  );
  const { result } = searched;
  if (result === undefined)
    return { sentence: searched.diagnostics[0]?.message ?? "the options of the line are wrong", repairs: [] };
  return { sentence: repairSentence(result), repairs: offered(result) };
}

function progressLine(tried: number, accepted: number): string {
  return `${count(tried, "candidate")} tried, ${accepted} ${accepted === 1 ? "holds" : "hold"}`;
}

function offered(result: RepairResult): readonly OfferedRepair[] {
  if (result.kind !== "repaired") return [];
  return result.repairs.map(({ edits, files, noLongerMet }) => ({
    title: titleOf(edits),
    files,
    noLongerMet: noLongerMet.map(({ text }) => text),
  }));
}
