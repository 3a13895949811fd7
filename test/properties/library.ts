import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { diskFiles } from "../../src/disk/disk-files.js";
import { loadProgram } from "../../src/program/load.js";
import { inferNodes } from "../../src/program/nodes.js";
import { setUpForAdvice } from "../../src/search/set-up.js";
import { parseDirectives } from "../../src/syntax/directives.js";
import type { CheckExpectation } from "../../src/syntax/expectation.js";
import { draftOf } from "./draft.js";
import type { Case } from "./generator/generate.js";

/** A program of the library at the parameters of one of its expectations. */
export interface LibraryCase {
  readonly name: string;
  readonly case: Case;
  readonly expectation: CheckExpectation;
}

/** Every `//! check` line of the programs below a folder, `large` aside, in the order of their paths. */
export function libraryCases(folder: string): readonly LibraryCase[] {
  return pathsBelow(folder).flatMap((path) => casesOf(path, relative(folder, path)));
}

/** The programs of real size have a long test of their own. */
const tooLarge = "large";

function pathsBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== tooLarge)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? pathsBelow(path) : entry.name.endsWith(".ded") ? [path] : [];
    });
}

function casesOf(path: string, name: string): readonly LibraryCase[] {
  const reader = diskFiles();
  const [own] = loadProgram([path], reader).trees;
  if (own === undefined) return [];
  return parseDirectives(own).directives.flatMap((expectation) => {
    if (expectation.kind !== "check") return [];
    const files = [path, ...expectation.with.map((other) => join(path, "..", other))];
    const { program, trees } = loadProgram(files, reader);
    if (program === undefined) return [];
    const eot = expectation.eot ?? 6;
    const nodes = expectation.nodes ?? inferNodes(setUpForAdvice(program, eot), eot);
    const { pre, post } = expectation;
    const drafts = trees.map(draftOf);
    const parameters: Case = {
      seed: 1,
      draft: {
        statements: drafts.flatMap(({ statements }) => statements),
        raw: drafts.flatMap(({ raw = [] }) => raw),
        // What else such lines say does not matter to losses and crashes.
        directives: drafts.flatMap(({ directives = [] }) =>
          directives.filter((line) => /^\/\/!\s*everywhere\s/.test(line)),
        ),
      },
      nodes,
      eot,
      eff: expectation.eff ?? eot - 1,
      crashes: expectation.crashes ?? 0,
      ...(pre === undefined ? {} : { pre }),
      ...(post === undefined ? {} : { post }),
    };
    return [
      { name: `${name} eot=${eot} eff=${parameters.eff} crashes=${parameters.crashes}`, case: parameters, expectation },
    ];
  });
}
