import { loadTrees } from "../program/includes.js";
import { loadProgram } from "../program/load.js";
import type { Diagnostic } from "../source/diagnostic.js";
import { Diagnostics, diagnostic } from "../source/diagnostic.js";
import type { FileReader } from "../source/file-reader.js";
import { parseText } from "../syntax/parser.js";
import type { Found, TestFile } from "./discovery.js";
import { locate } from "./locate.js";

interface Surroundings {
  readonly reader: FileReader;
  readonly includeDirs: readonly string[];
}

/**
 * The errors in the programs found, whether or not an expectation runs them. `running`: programs whose expectations report errors
 * themselves. A program that no other includes must be correct as a whole; a part of others must parse, but may lack what they supply.
 * Each path that was given must have an expectation, or be part of a program that has one.
 */
export function wrongWithAll(
  { lookedAt }: Found,
  files: readonly TestFile[],
  running: ReadonlySet<string>,
  { reader, includeDirs }: Surroundings,
): readonly Diagnostic[] {
  const { resolve } = reader;
  const owners = ownersOf(files, { reader, includeDirs });
  const errors = files.flatMap(({ path, cases }) => {
    // If an expectation expects an error, its result says whether it occurred.
    if (running.has(path) || cases.some(({ expectation }) => expectation.expect === "error")) return [];
    const isPart = owners.get(resolve(path))?.some((owner) => owner.path !== path) ?? false;
    return isPart ? errorsOfText(path, reader) : loadProgram([path], reader, { includeDirs }).diagnostics;
  });
  const unexpecting = lookedAt.flatMap(({ path, programs, passedOver }) => {
    const expects = programs.some((program) => owners.get(resolve(program))?.some(isExpecting) ?? false);
    return expects ? [] : [noExpectations(path, programs, passedOver)];
  });
  return [
    ...withoutRepetition(
      errors.filter(({ severity }) => severity === "error"),
      reader,
    ),
    ...unexpecting,
  ];
}

function isExpecting({ cases, diagnostics }: TestFile): boolean {
  return cases.length + diagnostics.length > 0;
}

/** Removes repetitions of diagnostics about files that several programs include. */
export function withoutRepetition(
  diagnostics: readonly Diagnostic[],
  { resolve }: Pick<FileReader, "resolve">,
): readonly Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter(({ code, message, span }) => {
    const place = span === undefined ? "" : `${resolve(span.file.path)} ${span.start}`;
    const key = `${code} ${place} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** For each file, by resolved path, the programs of which it is a part: by an include, by `with=` of an expectation, or as itself. */
function ownersOf(
  files: readonly TestFile[],
  { reader, includeDirs }: Surroundings,
): ReadonlyMap<string, readonly TestFile[]> {
  const owners = new Map<string, TestFile[]>();
  for (const file of files) {
    const { path, cases } = file;
    const further = cases.flatMap(({ expectation }) =>
      expectation.with.map((name) => locate(name, path, { reader, includeDirs })),
    );
    const trees = loadTrees([...new Set([path, ...further])], reader, { includeDirs }, new Diagnostics());
    for (const { source } of trees) {
      const part = reader.resolve(source.path);
      const known = owners.get(part);
      if (known === undefined) owners.set(part, [file]);
      else known.push(file);
    }
  }
  return owners;
}

function errorsOfText(path: string, reader: FileReader): readonly Diagnostic[] {
  const result = reader.read(path);
  return result.kind === "read" ? parseText({ path, text: result.text }).diagnostics : [];
}

const MOST_NAMED = 5;

/** The diagnostic for a path without expectations, with the programs that were found there. */
function noExpectations(path: string, programs: readonly string[], passedOver: number): Diagnostic {
  const named = programs.slice(0, MOST_NAMED).join(", ");
  const more = programs.length > MOST_NAMED ? ` and ${programs.length - MOST_NAMED} more` : "";
  const files = passedOver === 1 ? "1 other file" : `${passedOver} other files`;
  const looked =
    programs.length > 0
      ? `looked at ${named}${more}`
      : `there is no .ded file${passedOver === 0 ? "" : `, but ${files}`}`;
  return diagnostic("bad-option", {
    message: `no expectations in ${path}${programs.length === 1 && programs[0] === path ? "" : `: ${looked}`}`,
    help: "an expectation is a comment such as `//! check eot=4 expect=holds`",
  });
}
