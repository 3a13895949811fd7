import { loadTrees } from "../program/includes.js";
import { Diagnostics } from "../source/diagnostic.js";
import type { Surroundings } from "./views.js";
import { expectationsOf, filesOf } from "./views.js";

/**
 * The roots among some files: those with a `//! check` or `//! run` line, and those that no other of the files includes or adds
 * to a program of its own. Every file is a root or part of one.
 */
export function rootsAmong(files: readonly string[], surroundings: Surroundings): readonly string[] {
  const { resolve } = surroundings.reader;
  const parts = new Set<string>();
  const asking = new Set<string>();
  for (const file of files) {
    const expectations = expectationsOf(file, surroundings);
    if (expectations.length > 0) asking.add(file);
    for (const part of partsOf(file, surroundings)) if (part !== resolve(file)) parts.add(part);
  }
  const roots = files.filter((file) => asking.has(file) || !parts.has(resolve(file)));
  return roots.length > 0 || files.length === 0 ? roots : inCircle(files, surroundings);
}

/** The resolved paths of all files that the programs of a root read, itself included. */
export function partsOf(root: string, surroundings: Surroundings): ReadonlySet<string> {
  const { reader, includeDirs, parses } = surroundings;
  const expectations = expectationsOf(root, surroundings);
  const named = new Set([root, ...expectations.flatMap((e) => filesOf(root, e, surroundings))]);
  const trees = loadTrees([...named], reader, { includeDirs, parse: parses.parse }, new Diagnostics());
  return new Set([reader.resolve(root), ...trees.map(({ source }) => reader.resolve(pathOf(source.path)))]);
}

/** The path to read for the name of a file. */
function pathOf(name: string): string {
  return name === "<stdin>" ? "-" : name;
}

/** Files that include each other in a cycle have no root: the first is taken as the root of all that it reads, and so on. */
function inCircle(files: readonly string[], surroundings: Surroundings): readonly string[] {
  const { resolve } = surroundings.reader;
  const covered = new Set<string>();
  return files.filter((file) => {
    if (covered.has(resolve(file))) return false;
    for (const part of partsOf(file, surroundings)) covered.add(part);
    return true;
  });
}
