import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseText } from "../../src/syntax/parser.js";
import { root } from "../cli/ldfi.js";

/** Each broken statement: its atoms with their arguments, its variables, its text. */
function broken(text: string): readonly unknown[] {
  const cut = ({ start, end }: { readonly start: number; readonly end: number }): string => text.slice(start, end);
  return parseText({ path: "a.ded", text }).tree.broken.map(({ atoms, variables, span }) => [
    atoms.map(
      ({ relation, role, args, closed, span: all }) =>
        `${role} ${relation.text} <${args.map(cut).join("|")}>${closed ? "" : " open"}: ${cut(all)}`,
    ),
    variables.map(({ name }) => name).join(" "),
    cut(span),
  ]);
}

describe("a statement with errors", () => {
  it("is kept with what can be read of it, while the others are what they were", () => {
    const text = 'r("a")@1;\nlog(Y, P)@async :- bcast(X, P), notin node(X, \n;\ns("b")@1;\n';
    expect(parseText({ path: "a.ded", text }).tree.statements.map(({ kind }) => kind)).toEqual(["fact", "fact"]);
    expect(broken(text)).toEqual([
      [
        ["head log <Y|P>: log(Y, P)", "positive bcast <X|P>: bcast(X, P)", "negated node <X|> open: node(X,"],
        "Y P X P X",
        "log(Y, P)@async :- bcast(X, P), notin node(X,",
      ],
    ]);
  });

  it("is kept if its only error is a word of another language", () => {
    expect(broken("p(X) :- r(X), X = 1;")).toEqual([
      [["head p <X>: p(X)", "positive r <X>: r(X)"], "X X X", "p(X) :- r(X), X = 1"],
    ]);
  });

  it("has arguments with commas and parentheses of their own", () => {
    expect(broken("p(X :- r((X + 1) * 2, f(Y, Z));")).toEqual([
      [
        [
          "head p <X> open: p(X ",
          "positive r <(X + 1) * 2|f(Y, Z)>: r((X + 1) * 2, f(Y, Z))",
          "positive f <Y|Z>: f(Y, Z)",
        ],
        "X X Y Z",
        "p(X :- r((X + 1) * 2, f(Y, Z))",
      ],
    ]);
  });

  it("is apart from one that lacks only its semicolon", () => {
    expect(broken('r("a")@1\ns("b")@1')).toEqual([]);
    expect(broken("h(X) :- r(X)\nk(X) :- s(X,;")).toEqual([
      [["head k <X>: k(X)", "positive s <X|> open: s(X,"], "X X", "k(X) :- s(X,"],
    ]);
  });

  it("covers, with the others, every token of a text that breaks off", () => {
    const text = readFileSync(join(root, "programs/consensus/raft.ded"), "utf8");
    for (let end = 0; end < text.length; end += 31) {
      const { tree } = parseText({ path: "a.ded", text: text.slice(0, end) });
      const parts = [...tree.statements, ...tree.broken, ...tree.comments].map(({ span }) => span);
      const outside = [...text.slice(0, end)].filter(
        (c, i) => /[^\s;]/.test(c) && !parts.some((span) => i >= span.start && i < span.end),
      );
      // Half of `:-` is no token.
      expect(outside.join("")).toMatch(/^:?$/);
    }
  });
});
