import type { TestAnswer } from "../baseline/answer.js";
import { compareAnswers } from "../baseline/compare-answers.js";
import type { Comparison } from "../baseline/finding.js";
import type { CheckAnswer, Read } from "../baseline/read.js";
import { checkAnswer, readCheck, readTests } from "../baseline/read.js";
import { sameFile } from "../baseline/same-file.js";
import type { JsonObject } from "../report/json/json.js";
import { visible } from "../source/strings.js";
import { readBytes } from "./read-bytes.js";

/** An earlier report, or what is wrong with it and what to do. */
export type Baseline<T> =
  | { readonly kind: "baseline"; readonly files: readonly string[]; readonly answer: T }
  | { readonly kind: "problem"; readonly message: string; readonly help: string };

/** `ldfi check --baseline`: the earlier report of a check of the same program. */
export function checkBaseline(path: string, program: readonly string[], strict: boolean): Baseline<CheckAnswer> {
  const help = `write it with \`ldfi check … --report ${visible(path)}\` on the version to compare with`;
  const read = readText(path, (text) => readCheck(text, { strict }));
  if (read.kind === "problem") return { kind: "problem", message: `--baseline: ${read.problem}`, help };
  const { files } = read.value;
  const isSame = files.length === program.length && files.every((file, i) => sameFile(file, program[i] ?? ""));
  if (isSame) return { kind: "baseline", files: [path], answer: read.value };
  const message = `--baseline: ${visible(path)} is of another program: ${visible(files.join(" "))}, not ${visible(program.join(" "))}`;
  return { kind: "problem", message, help };
}

/** Compares the document of a check with it. */
export function compareWith(
  { files, answer }: Extract<Baseline<CheckAnswer>, { readonly kind: "baseline" }>,
  strict: boolean,
): (document: JsonObject) => Comparison {
  return (document) => ({ baseline: files, findings: compareAnswers(answer, checkAnswer(document, strict)) });
}

/** `ldfi test --baseline`: earlier reports, one for each part of the expectations. `found`: the programs of this run. */
export function testBaseline(
  paths: readonly string[],
  found: readonly string[],
  strict: boolean,
): Baseline<readonly TestAnswer[]> {
  const answers: TestAnswer[] = [];
  for (const path of paths) {
    const help = `write it with \`ldfi test … --report ${visible(path)}\` on the version to compare with`;
    const read = readText(path, (text) => readTests(text, { strict }));
    if (read.kind === "problem") return { kind: "problem", message: `--baseline: ${read.problem}`, help };
    const known = read.value;
    if (known.length > 0 && !known.some(({ file }) => found.some((other) => sameFile(file, other)))) {
      const message = `--baseline: ${visible(path)} is of other programs: ${visible(known[0]?.file ?? "")}, and none of those found here`;
      return { kind: "problem", message, help };
    }
    answers.push(...known);
  }
  return { kind: "baseline", files: paths, answer: answers };
}

/** The problem is a sentence that begins with the name of the file. */
function readText<T>(path: string, read: (text: string) => Read<T>): Read<T> {
  const bytes = readBytes(path);
  const name = visible(path);
  switch (bytes.kind) {
    case "missing":
      return { kind: "problem", problem: `there is no file ${name}` };
    case "unreadable":
      return { kind: "problem", problem: `${name} cannot be read` };
    case "read": {
      const result = read(new TextDecoder().decode(bytes.bytes));
      return result.kind === "read" ? result : { kind: "problem", problem: `${name} ${visible(result.problem)}` };
    }
    default: {
      const never: never = bytes;
      return never;
    }
  }
}
