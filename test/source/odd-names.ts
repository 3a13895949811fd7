import fc from "fast-check";

const awkward = [
  "",
  "a",
  "b",
  ",",
  '"',
  "\\",
  "'",
  " ",
  "\t",
  "\n",
  "\r",
  "\0",
  "\u001b",
  "\u007f",
  "\u0085",
  "\u00a0",
  "\u2028",
  "\u202e",
  "\u2066",
  "\ufeff",
  "\ud800",
  "\udc00",
  "é",
  "🎉",
];
const morsels = ["-", "--", "--eot", "u{1b}", "\\n", "\\u{1b}", "!", "$", "`", "=", "%", ";", "//", "a b", "1"];

/** Any string at all, but mostly of what has a meaning somewhere on the way. */
export const oddString: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(fc.constantFrom(...awkward, ...morsels), { maxLength: 6 }).map((parts) => parts.join("")),
  },
  { weight: 1, arbitrary: fc.array(fc.nat(0xffff), { maxLength: 6 }).map((units) => String.fromCharCode(...units)) },
);

/** What must not reach a terminal. */
export const dangerous = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/u;
