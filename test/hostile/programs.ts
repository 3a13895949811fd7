/** A program that means no harm: two nodes, one message, kept. */
export const harmless = `
link("a", "b")@1; link(X, Y)@next :- link(X, Y);
log("a", "p")@1; log(X, P)@next :- log(X, P); log(Y, P)@async :- log(X, P), link(X, Y);
pre(X, P) :- log(X, P)@1; post(X, P) :- log(X, P);
`;

export interface HostileInput {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** After `check FILE`. */
  readonly options?: readonly string[];
  readonly status: 0 | 1 | 2 | 3;
  /** What the answer says, on either stream. */
  readonly says: RegExp;
  /** It takes seconds, or is much like another: `npm test` leaves it out. */
  readonly long?: true;
}

const repeat = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join("");
const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);
const joined = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Texts that are not what a person writes. */
export const strangeTexts: readonly HostileInput[] = [
  { name: "an empty file", content: "", status: 2, says: /nothing to check/ },
  { name: "only a comment", content: "// nothing", status: 2, says: /nothing to check/, long: true },
  {
    name: "noise",
    content: Uint8Array.from({ length: 50_000 }, (_, i) => (i * 7919 + (i >> 3) * 31) & 255),
    status: 2,
    says: /not UTF-8/,
  },
  { name: "NUL bytes", content: harmless.replace("log", "lo\u0000g"), status: 2, says: /U\+0000/ },
  {
    name: "a NUL byte in a string",
    content: harmless.replaceAll(`"p"`, `"p\u0000q"`),
    status: 0,
    says: /HOLDS/,
    long: true,
  },
  { name: "invalid UTF-8", content: joined(utf8(harmless), bytes(0xff, 0xfe)), status: 2, says: /not UTF-8/ },
  {
    name: "UTF-16",
    content: joined(bytes(0xff, 0xfe), Uint8Array.from([...harmless].flatMap((c) => [c.charCodeAt(0), 0]))),
    status: 2,
    says: /not UTF-8/,
    long: true,
  },
  {
    name: "lines that end in CR LF, an error at the end",
    content: `${harmless.replaceAll("\n", "\r\n")}foo(a)@1;`,
    status: 2,
    says: /:5:5: `a` is neither/,
  },
  {
    name: "lines that end in CR, an error at the end",
    content: `${harmless.replaceAll("\n", "\r")}foo(a)@1;`,
    status: 2,
    says: /:5:5: `a` is neither/,
    long: true,
  },
  { name: "a byte-order mark", content: joined(bytes(0xef, 0xbb, 0xbf), utf8(harmless)), status: 0, says: /HOLDS/ },
  {
    name: "escape sequences of a terminal",
    content: `${harmless}foo("\u001b[31m", a\u001b[0m)@1;`,
    status: 2,
    says: /U\+001B/,
  },
  { name: "a comment that does not end", content: `/* ${harmless}`, status: 2, says: /not closed/ },
  { name: "a string that does not end", content: `${harmless}x("abc`, status: 2, says: /not closed/, long: true },
  {
    name: "a million semicolons",
    content: ";".repeat(1_000_000),
    status: 2,
    says: /this `;` ends an empty statement/,
    long: true,
  },
  { name: "a million parentheses", content: "(".repeat(1_000_000), status: 2, says: /nested/, long: true },
  {
    name: "100,000 errors",
    content: "foo(a)@1;\n".repeat(100_000),
    status: 2,
    says: /so many errors|neither a constant/,
  },
  {
    name: "an expression nested 10,000 deep",
    content: `${harmless}v(X, ${"(".repeat(10_000)}1${")".repeat(10_000)}) :- log(X, _);`,
    status: 2,
    says: /nested more than/,
  },
  {
    name: "a sum of 10,000",
    content: `${harmless}v(X, 1${"+1".repeat(10_000)}) :- log(X, _);`,
    status: 2,
    says: /operators/,
    long: true,
  },
  {
    name: "integers past the limits",
    content: `${harmless}i("a", 9007199254740992)@1; i("a", ${"9".repeat(60)})@1; i("a", -9007199254740992)@1;`,
    status: 2,
    says: /integer-out-of-range/,
  },
];

/** Programs that are larger than anyone writes. */
export const largePrograms: readonly HostileInput[] = [
  {
    name: "10 MB of facts",
    content:
      harmless +
      repeat(150_000, (i) => `f("n${i % 50}", ${i}, "some text that makes the line somewhat longer ${i}")@1;\n`),
    status: 0,
    says: /HOLDS/,
    long: true,
  },
  { name: "10 MB of comment", content: `${harmless}// ${"x".repeat(10_000_000)}`, status: 0, says: /HOLDS/ },
  {
    name: "100,000 facts that persist",
    content: `${harmless}${repeat(100_000, (i) => `f("a", ${i})@1;`)} g(X, Y)@next :- f(X, Y); g(X, Y)@next :- g(X, Y);`,
    status: 0,
    says: /HOLDS/,
    long: true,
  },
  {
    name: "5,000 rules in a chain",
    content: harmless + repeat(5000, (i) => `r${i}(X, P) :- ${i === 0 ? "log" : `r${i - 1}`}(X, P);\n`),
    status: 0,
    says: /HOLDS/,
    long: true,
  },
  {
    name: "5,000 rules for one relation",
    content: harmless + repeat(5000, (i) => `r(X, P) :- log(X, P), link(X, _), P != "${i}";\n`),
    status: 0,
    says: /HOLDS/,
    long: true,
  },
  {
    name: "a cycle of 5,000 rules through a negation",
    content:
      harmless +
      repeat(5000, (i) => `r${i}(X, P) :- ${i === 4999 ? "log(X, P), notin r0(X, P)" : `r${i + 1}(X, P)`};\n`),
    status: 2,
    says: /depends on its own negation/,
    long: true,
  },
  {
    name: "a relation of 300 columns",
    content: `${harmless}w(${repeat(299, () => `"a", `)}"a")@1; w(${repeat(299, (i) => `X${i}, `)}Y)@next :- w(${repeat(299, (i) => `X${i}, `)}Y);`,
    status: 0,
    says: /HOLDS/,
  },
  {
    name: "a rule of 300 literals",
    content: `${harmless}v(X) :- log(X, _)${repeat(299, () => ", log(X, _)")};`,
    status: 0,
    says: /HOLDS/,
    long: true,
  },
  {
    name: "a string of 1 MB",
    content: `${harmless}s("a", "${"x".repeat(1_000_000)}")@1; s(X, P)@next :- s(X, P); log(X, P)@next :- s(X, P);`,
    status: 0,
    says: /HOLDS/,
  },
  {
    name: "a node with a name of 1 MB",
    content: harmless.replaceAll(`"b"`, `"${"n".repeat(1_000_000)}"`),
    status: 0,
    says: /HOLDS/,
    long: true,
  },
  {
    name: "EOT 10,000",
    content: harmless,
    options: ["--eot", "10000", "--crashes", "1"],
    status: 0,
    says: /HOLDS/,
    long: true,
  },
  {
    name: "200 nodes",
    content: `${repeat(200, (i) => `link("a", "n${i}")@1; `)}link(X, Y)@next :- link(X, Y); log("a", "p")@1; log(X, P)@next :- log(X, P); log(Y, P)@async :- log(X, P), link(X, Y);
              pre(Y, P) :- log(X, P), link(X, Y), X != Y; post(Y, P) :- log(Y, P);`,
    options: ["--crashes", "2"],
    status: 1,
    says: /VIOLATED/,
    long: true,
  },
];

/** Programs that would not end, or not well. */
export const runaways: readonly HostileInput[] = [
  {
    name: "division by zero",
    content: `${harmless}j(X, 1 / 0) :- log(X, _);`,
    status: 2,
    says: /division by zero|divides by zero/,
  },
  {
    name: "the largest integer and one more",
    content: `${harmless}i("a", 9007199254740991)@1; j(X, Y + 1) :- i(X, Y);`,
    status: 2,
    says: /overflow|safe|exact/,
  },
  {
    name: "the largest integers alone",
    content: `${harmless}i("a", 9007199254740991)@1; i("a", -9007199254740991)@1; i(X, Y)@next :- i(X, Y);`,
    status: 0,
    says: /HOLDS/,
    long: true,
  },
  {
    name: "r(X + 1) :- r(X)",
    content: `${harmless}r("a", 1)@1; r(X, Y + 1) :- r(X, Y);`,
    status: 2,
    says: /too-many-tuples/,
    long: true,
  },
  {
    name: "a cross product",
    content: `${harmless}${repeat(400, (i) => `k("a", ${i})@1; `)} kk(X, A, B, C) :- k(X, A), k(X, B), k(X, C);`,
    status: 2,
    says: /too-many-tuples/,
  },
  {
    name: "a string that doubles for ever",
    content: `${harmless}s("a", "xxxxxxxxxxxxxxxx")@1; s(X, P + P) :- s(X, P);`,
    status: 3,
    says: /memory/,
  },
  {
    name: "a limit of one tuple",
    content: harmless,
    options: ["--max-tuples", "1"],
    status: 2,
    says: /too-many-tuples/,
  },
];
