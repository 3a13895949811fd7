import { mend } from "../../src/language/lint-files.js";
import { check, prepare } from "../../src/search/check.js";
import { loadText, readerOf } from "./loading.js";
import type { Random } from "./random.js";
import type { Property, Subject } from "./subject.js";
import { failed, parametersOf, passed } from "./subject.js";

/** The verdict on a text, up to names. */
function verdictOf(text: string, subject: Subject): string {
  const loaded = loadText(text);
  if ("refused" in loaded) return `refused: ${loaded.refused}`;
  const { setting } = prepare(loaded.program, parametersOf(subject.case));
  if (setting === undefined) return "no setting";
  const result = check(setting, {});
  if (result.kind === "error") return "error";
  const { verdict } = result;
  return verdict.kind === "violated" ? `violated by ${verdict.counterexample.schedule.length}` : verdict.kind;
}

/** Mistakes that have one mending. */
const slips: readonly (readonly [string, RegExp, (match: string) => string])[] = [
  ["no semicolon", /;(?=\n|$)/g, () => ""],
  ["one equals sign", /==/g, () => "="],
  ["no quotes", /"[a-z][a-z0-9]*"/g, (match) => match.slice(1, -1)],
  ["single quotes", /"[a-z][a-z0-9]*"/g, (match) => `'${match.slice(1, -1)}'`],
  ["a full stop", /;(?=\n|$)/g, () => "."],
  ["not", /\bnotin\b/g, () => "not"],
  ["and", /, (?=[a-z]\w*\([^()]*\)[,;])/g, () => " and "],
];

function withSlip(text: string, random: Random): { readonly name: string; readonly text: string } {
  const [name, pattern, slip] = random.pick(slips);
  const places = [...text.matchAll(pattern)];
  if (places.length === 0) return { name: "none", text };
  const place = random.pick(places);
  return { name, text: text.slice(0, place.index) + slip(place[0]) + text.slice(place.index + place[0].length) };
}

export const mending: Property = {
  name: "mending",
  claim: "what `lint --fix` changes leaves the verdict as it is, and mends a slip",
  check: (subject, random) => {
    const before = verdictOf(subject.text, subject);
    const slipped = withSlip(subject.text, random);
    for (const { name, text } of [{ name: "as it is", text: subject.text }, slipped]) {
      const { texts, changes } = mend(["program.ded"], readerOf(new Map([["program.ded", text]])), []);
      const mended = texts.get("program.ded") ?? text;
      const after = verdictOf(mended, subject);
      if (after !== before) return failed(`${name}: ${after} after ${changes} changes; before: ${before}\n${mended}`);
    }
    return passed(slipped.name);
  },
};
