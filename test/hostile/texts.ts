import { generate, textOf } from "../properties/generator/generate.js";
import type { Random } from "../properties/random.js";

/** Pieces of Dedalus, well-formed and not, to make nonsense of. */
const pieces: readonly string[] = [
  "r",
  "post",
  "notin",
  "include",
  "next",
  "async",
  "count",
  "X",
  "_",
  "_x",
  "Abc",
  "0",
  "1",
  "-",
  "-1",
  "9007199254740992",
  '"a"',
  '"',
  '"a\\"b"',
  '"\\',
  "(",
  ")",
  ",",
  ";",
  ":-",
  ":",
  "@",
  "@next",
  "@async",
  "@1",
  "@0",
  "@-1",
  "<",
  ">",
  "<=",
  ">=",
  "==",
  "=",
  "!=",
  "!",
  "+",
  "*",
  "/",
  "%",
  "//",
  "/*",
  "*/",
  "\n",
  "\r\n",
  "\r",
  " ",
  "\t",
  "\u0000",
  "\ufeff",
  "\u2028",
  "é",
  "😀",
  "\ud800",
  ".",
  "[",
  "{",
  "#",
  "&",
  "|",
  "~",
  "$",
  "'",
  "`",
  "\\",
  "r(X) :- s(X);",
  'r("a")@1;',
  "count<X>",
  'include "x.ded";',
  "//! check eot=4 expect=holds\n",
  "notin r(X, _)",
  "r(X)@next :- r(X);",
];

/** A text that a parser must survive: noise, nonsense, or a real program hurt in some way. */
export function hostileText(random: Random, sample: string): string {
  const kind = random.weighted([
    [1, "noise"],
    [3, "pieces"],
    [5, "hurt"],
    [1, "truncated"],
    [1, "bytes"],
    [2, "confused"],
  ] as const);
  switch (kind) {
    case "noise":
      return Array.from({ length: random.integer(0, 60) }, () =>
        String.fromCharCode(
          random.weighted([
            [5, random.integer(0, 127)],
            [1, random.integer(0, 0xffff)],
          ]),
        ),
      ).join("");
    case "pieces":
      return Array.from({ length: random.integer(0, 30) }, () => random.pick(pieces)).join(random.pick(["", " ", " "]));
    case "hurt":
      return hurt(random, sample);
    case "confused":
      return confused(random, sample);
    case "truncated":
      return sample.slice(0, random.integer(0, sample.length));
    case "bytes":
      return Buffer.from(Array.from({ length: random.integer(0, 80) }, () => random.integer(0, 255))).toString("utf8");
  }
}

/** A stretch of a program with a few edits: removed, doubled, moved, replaced. */
function hurt(random: Random, sample: string): string {
  const start = random.integer(0, Math.max(0, sample.length - 40));
  let text = sample.slice(start, start + random.integer(20, 300));
  for (let edits = random.integer(1, 5); edits > 0; edits--) {
    const at = random.integer(0, text.length);
    const end = Math.min(text.length, at + random.integer(1, 12));
    const edit = random.pick(["remove", "double", "insert", "replace", "move"] as const);
    const piece = random.pick(pieces);
    const stretch = text.slice(at, end);
    if (edit === "remove") text = text.slice(0, at) + text.slice(end);
    else if (edit === "double") text = text.slice(0, end) + text.slice(at);
    else if (edit === "insert") text = text.slice(0, at) + piece + text.slice(at);
    else if (edit === "replace") text = text.slice(0, at) + piece + text.slice(end);
    else text = stretch + text.slice(0, at) + text.slice(end);
  }
  return text;
}

/** A whole program, some words of which stand where others stood: it parses, as a rule, but makes another sense or none. */
function confused(random: Random, sample: string): string {
  const words = sample.match(/[A-Za-z_]\w*|\d+|"[^"\n]*"|@\w+|[<>=!]=?|[-+*/%]/g) ?? [];
  const kindOf = (word: string): string =>
    word
      .replace(/^[a-z]\w*$/, "r")
      .replace(/^[A-Z_]\w*$/, "V")
      .replace(/^\d+$/, "0")
      .replace(/^".*"$/, '""')
      .replace(/^@\w+$/, "@")
      .replace(/^[-+*/%]$/, "+")
      .replace(/^[<>=!]=?$/, "<");
  const rate = random.pick([0.01, 0.03, 0.1]);
  return sample.replace(/[A-Za-z_]\w*|\d+|"[^"\n]*"|@\w+|[<>=!]=|[-+*/%]/g, (word) => {
    if (!random.chance(rate)) return word;
    const like = random.chance(0.9) ? words.filter((other) => kindOf(other) === kindOf(word)) : words;
    return random.pickOrNone(like) ?? word;
  });
}

/** Programs to hurt. */
export function sampleTexts(count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => textOf(generate(i + 1)));
}
