import { warningSentence } from "../../report/text/warning-words.js";
import { expectationsIn, readingOnce } from "../../testing/discovery.js";
import type { TestResult } from "../../testing/result.js";
import { runFile } from "../../testing/runner.js";
import type { Host } from "../host.js";
import type { TestFileWork } from "../messages.js";
import { recallBy, verdictCache } from "../verdict-cache.js";

/** The work of one thread of `ldfi test --jobs`: some expectations of one file. */
export function runTestFile(
  { path, lines, includeDirs, strict, cache }: TestFileWork,
  host: Host,
): readonly TestResult[] {
  const reader = readingOnce(host.reader);
  const file = expectationsIn(path, reader);
  const cases = file.cases.filter((testCase) => lines.includes(testCase.line));
  const recall = recallBy(cache === undefined ? undefined : verdictCache(cache, host.workerUrl));
  return [
    ...runFile(
      { ...file, cases },
      { reader, includeDirs, strict, inWords: warningSentence, interrupted: host.interrupted, ...recall },
    ),
  ];
}
