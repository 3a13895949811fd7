import { check, prepare } from "../../src/search/check.js";
import { printTree } from "../../src/syntax/printer.js";
import { draftOf, print } from "./draft.js";
import type { Case } from "./generator/generate.js";
import { loadFiles, parse } from "./loading.js";
import type { Random } from "./random.js";
import type { Finding, Property, Subject } from "./subject.js";
import { failed, parametersOf, passed, skipped, subjectOf } from "./subject.js";
import { renamed, reordered, split } from "./transformations.js";

/** The part of a verdict that does not depend on names. */
function verdictOf(subject: Subject): string {
  const result = check(subject.setting, {});
  if (result.kind === "error") return "error";
  const { verdict } = result;
  return verdict.kind === "violated" ? `violated by ${verdict.counterexample.schedule.length}` : verdict.kind;
}

function compareWith(before: string, how: string, changed: Case): Finding | undefined {
  const other = subjectOf(changed);
  if ("refused" in other) return failed(`${how}, the program is refused: ${other.refused}`);
  const after = verdictOf(other);
  return before === after ? undefined : failed(`${how}: ${after}; before: ${before}\n${other.text}`);
}

/** The program of several files, the rest of the subject as before. */
function splitSubject(subject: Subject, random: Random): Subject | { readonly refused: string } {
  const loaded = loadFiles(split(subject.case, random), ["main.ded"]);
  if ("refused" in loaded) return loaded;
  const { setting } = prepare(loaded.program, parametersOf(subject.case));
  return setting === undefined ? { refused: "no setting" } : { ...subject, program: loaded.program, setting };
}

export const invariances: Property = {
  name: "invariance",
  claim: "new names, another order, a split over files: the same verdict and the same smallest size",
  check: (subject, random) => {
    const before = verdictOf(subject);
    if (before === "inconclusive") return skipped(before);
    const different =
      compareWith(before, "renamed", renamed(subject.case, random)) ??
      compareWith(before, "reordered", reordered(subject.case, random));
    if (different !== undefined) return different;
    const parts = splitSubject(subject, random);
    if ("refused" in parts) return failed(`split, the program is refused: ${parts.refused}`);
    const after = verdictOf(parts);
    return after === before ? passed(before) : failed(`split: ${after}; before: ${before}`);
  },
};

/** What is printed is read as what was printed. */
export const printing: Property = {
  name: "printing",
  claim: "a program, formatted and parsed, is the same program, and formatting it again changes nothing",
  check: (subject) => {
    const tree = parse(subject.text);
    if (print(draftOf(tree)) !== subject.text) return failed("the text reads otherwise");
    const formatted = printTree(tree);
    if (print(draftOf(parse(formatted))) !== subject.text) return failed("the formatted text reads otherwise");
    return printTree(parse(formatted)) === formatted ? passed() : failed("formatting again changes the text");
  },
};
