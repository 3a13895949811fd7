// The checks that the programs of the library expect something of.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { files } from "./files.mjs";
import { checkArguments, root } from "./measure.mjs";

/** Whether a program is one of programs/large. */
export const isLarge = ({ name }) => name.startsWith("large/");

/** The `//! check` lines of a program that need no other file. */
function expectedChecks(expectationsIn, path) {
  return expectationsIn(path, files)
    .cases.map(({ expectation }) => expectation)
    .filter(({ kind, with: others }) => kind === "check" && others.length === 0);
}

/** The programs whose name contains `text`, each with its path and its expected checks. */
export function library(expectationsIn, text = "") {
  const programs = join(root, "programs");
  return readdirSync(programs, { recursive: true })
    .filter((file) => file.endsWith(".ded") && file.includes(text))
    .sort()
    .map((file) => {
      const path = join(programs, file);
      return { name: file.replace(".ded", ""), path, expected: expectedChecks(expectationsIn, path) };
    });
}

/** The command line of an expected check, without node, as JSON; with bounds that are at least those of `more`. */
export function expectedArguments(path, expected, more = {}) {
  const { kind, expect, faults, with: others, name, vacuous, span, spans, promise = [], ...asked } = expected;
  for (const [bound, most] of Object.entries(more)) asked[bound] = Math.max(most, asked[bound] ?? 0);
  const { eot, eff, crashes, ...rest } = asked;
  const bounds = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, value === Infinity ? "any" : value]),
  );
  return [...checkArguments({ path, eot, eff, crashes, bounds }), ...promise.flatMap((one) => ["--promise", one])];
}
