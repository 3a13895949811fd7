import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printStatement } from "../../src/syntax/printer-statements.js";
import { errorsOf, statementsOf } from "./statements.js";

// The complaints themselves are in `test/programs/refused/`. Here: that each is the only one, and that nothing that is
// accepted without them is refused because of them.

describe("notation of other languages", () => {
  it.each([
    ["an aggregate in parentheses", "n(S, count(X)) :- r(S, X);", "syntax: count(X)"],
    ["an aggregate in capitals", "n(S, COUNT<X>) :- r(S, X);", "syntax: COUNT"],
    ["≠", "p(S) :- r(S, X), X ≠ 1;", "unexpected-character: ≠"],
    ["← for :-", "p(S) ← r(S, _);", "unexpected-character: ←"],
    ["an assignment", "p(S, Z) :- r(S, X), Z := X;", "unexpected-character: :"],
    ["a compared aggregate", "p(S) :- r(S, _), count(X) == 1;", "aggregate-misplaced: count(X)"],
    ["a compared aggregate on the right", "p(S) :- r(S, _), 1 = count(X);", "aggregate-misplaced: count(X)"],
    ["<>", "p(S) :- r(S, X), X <> 1;", "syntax: <>"],
    ["<> between parentheses", "p(S) :- r(S, X), (X + 1)<>(2);", "syntax: <>"],
    ["=<", "p(S) :- r(S, X), X =< 1;", "syntax: =<"],
    ["<-", "p(S) <- r(S, _);", "syntax: <-"],
    ["<- after a time", "p(S)@next <- r(S, _);", "syntax: <-"],
    ["= for :-", "p(S) = r(S, _);", "syntax: ="],
    ["@next+1", "p(S)@next+1 :- r(S, _);", "unknown-time: @next+1"],
    ["% before a rule", "% it's \"odd; @\np(S) :- r(S, _);", "syntax: %"],
    ["% after a rule", "p(S) :- r(S, _); % and so on", "syntax: %"],
    ["% after a comma", "p(S) :- r(S, _), % first\n q(S);", "syntax: %"],
    ["% before a comma", "p(S) :- r(S, _) % first\n , q(S);", "syntax: %"],
    ["% after a time", "p(S)@next % for ever\n :- p(S);", "syntax: %"],
    ["-- before a rule", "---- rules ----\np(S) :- r(S, _);", "syntax: --"],
    ["-- after a rule", "p(S) :- r(S, _); --and so on", "syntax: --"],
    ["-- after a comparison", "p(S) :- r(S, X), X > 1 -- one is Too few\n ;", "syntax: --"],
    ["# anywhere", "p(S) # head\n :- # body\n r(S, # args\n _); # end", "syntax: #"],
    ["not", "p(S) :- r(S, _), not q(S), not r(S, 2);", "syntax: not"],
    ["not with parentheses", "p(S) :- r(S, _), not(q(S));", "syntax: not"],
    ["!", "p(S) :- r(S, _), !q(S);", "unexpected-character: !"],
    ["! with parentheses", "p(S) :- r(S, _), !(q(S));", "unexpected-character: !"],
    [":- without a body", "p(S) :- ;", "syntax: "],
    [":- at the end of the file", "p(S) :-", "syntax: "],
    ["a final period", "p(S) :- r(S, _).", "unexpected-character: ."],
    ["a final period before a rule", "p(S) :- r(S, _). q(S) :- r(S, _);", "unexpected-character: ."],
    ["single quotes", "p(S) :- r(S, 'a'), r('b;', S);", "unexpected-character: 'a'"],
    ["and", "p(S) :- r(S, _) and q(S) and r(S, 1);", "syntax: and"],
    ["AND between comparisons", "p(S) :- r(S, X), X > 1 AND X < 3;", "syntax: AND"],
    ["&&", "p(S) :- r(S, _) && q(S);", "unexpected-character: &&"],
    ["or", "p(S) :- r(S, _) or q(S);", "syntax: or"],
  ])("%s is one error", (_, text, expected) => {
    expect(errorsOf(text)).toEqual([expected]);
  });

  it("does not hide an error that has another cause", () => {
    expect(errorsOf("p(S) <- r(S, a), not q(S;")).toEqual([
      "syntax: <-",
      "syntax: not",
      "unquoted-constant: a",
      "syntax: ",
    ]);
  });

  it.each([
    "p(X) :- r(X, Y), Y <-1, Y < -1, 0 <-1;",
    "p(X) :- r(X, Y), Y --1 > 0, Y -- 1 > 0, 3--1 > Y;",
    "p(X) :- r(X, Y, Z), Y % Z == 1, Y%2 == 0, (Y + 1) % (Z) > 1, Y % Z\n > 0;",
    "p(X) :- r(X, Y), Y % // two\n 2 == 1, Y %\n 2 == 1;",
    "p(X) :- r(X, Y % 2), r(X, Y --1);",
    "n(X, Y % 2, Y --3) :- r(X, Y);",
    "n(X, count<Y>) :- r(X, Y), count(X), count(X, Y)@2, notin sum(X);",
    "p(X) :- count(X), X == 1, max(X, Y), Y > 1;",
    "not(X) :- not(X), and(X), notin or(X), if(X), notin not(X);",
    "count(X) :- r(X); and(X)@next :- and(X); if(X)@async :- or(X);",
    `r("it's % not -- a # comment. 'x'")@1; // nor % here. Don't <> <-\ns("b")@1;`,
  ])("leaves %j alone", (text) => {
    expect(errorsOf(text)).toEqual([]);
  });

  it("leaves arithmetic alone, however it is spaced", () => {
    const operand = fc.constantFrom("X", "Y", "Abc", "7", "-3", "(X - Y)");
    const space = fc.constantFrom("", " ", "\n", "\t", "/* -- % # */", "// it's % one\n");
    const step = fc.record({ operator: fc.constantFrom("+", "-", "*", "%"), before: space, after: space, operand });
    fc.assert(
      fc.property(operand, fc.array(step, { maxLength: 6 }), (first, steps) => {
        const spaced = first + steps.map((s) => s.before + s.operator + s.after + s.operand).join("");
        // On lines of their own, no two tokens could be taken for one.
        const apart = [first, ...steps.flatMap((s) => [s.operator, s.operand])].join("\n");
        const rules = (text: string): string =>
          statementsOf(`h(A, ${text}) :- r(A, X, Y, Abc), ${text}<-1, ${text} > 0;`).map(printStatement).join("");
        expect(rules(spaced)).toBe(rules(apart));
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});
