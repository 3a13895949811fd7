import { describe, expect, test } from "vitest";
import { explainDifference } from "../../../src/evidence/explain-difference.js";
import type { Traced } from "../../../src/evidence/traced-run.js";
import type { Fault } from "../../../src/faults/kinds.js";
import { schedule } from "../../../src/faults/schedule.js";
import { runWithProvenance } from "../../../src/lineage/provenance.js";
import type { Value } from "../../../src/program/program.js";
import { plainStyle } from "../../../src/report/terminal/palette.js";
import { treeStyle } from "../../../src/report/terminal/tree.js";
import { differenceInWords, differenceTree } from "../../../src/report/text/difference-words.js";
import type { Sentence } from "../../../src/report/text/sentence.js";
import { programOf } from "../../program/programs.js";

interface Told {
  readonly chain: readonly string[];
  readonly tree: readonly string[];
}

/** Why the failing run lacks a tuple at the end of time, in both forms, indented. */
function told(text: string, eot: number, faults: readonly Fault[], relation: string, ...args: readonly Value[]): Told {
  const program = programOf(text);
  const nodes = ["a", "b", "c", "d", "e", "f", "g", "h"];
  const traced = (of: readonly Fault[]): Traced => {
    const result = runWithProvenance(program, { nodes, eot, schedule: schedule(of) });
    if (result.kind !== "run") throw new Error(result.kind);
    return result;
  };
  const id = program.relationByName.get(relation);
  if (id === undefined) throw new Error(`no ${relation}`);
  const difference = explainDifference({ relation: id, instant: eot, args }, traced([]), traced(faults));
  if (difference === undefined) throw new Error("the runs do not differ");
  const subject = { program, schedule: schedule(faults), eot };
  return {
    chain: lines(differenceInWords(difference, subject, "without faults"), ""),
    tree: lines(differenceTree(difference, subject, treeStyle(plainStyle)), ""),
  };
}

function lines({ text, children }: Sentence, indent: string): readonly string[] {
  return [indent + text, ...children.flatMap((child) => lines(child, `${indent}  `))];
}

const omit = (from: string, to: string, at: number): Fault => ({ kind: "omission", from, to, at });
const all = (from: readonly string[], to: string, last: number): readonly Fault[] =>
  from.flatMap((f) => Array.from({ length: last }, (_, i) => omit(f, to, i + 1)));

describe("a difference between two runs", () => {
  const retried = `try("a", "b")@1; try(X, Y)@next :- try(X, Y);
ack(Y, X)@async :- try(X, Y);
done(Y) :- ack(Y, _);
done(Y)@next :- done(Y);`;

  test("reports derivations once that differ only in their instants", () => {
    expect(told(retried, 5, all(["a"], "b", 4), "done", "b")).toEqual({
      chain: ['no done("b") from 2 on ← no ack("b", "a") at 2–5 ← the messages a → b with it, sent at 1–4, are lost'],
      tree: [
        'done("b") is missing during 2–5',
        '  because ack("b", "a") at 2–5 is missing  test.ded:3',
        "    ✗ a's messages to b, sent at 1–4, are lost  test.ded:2",
      ],
    });
  });

  test("says when a crashed sender crashed", () => {
    const { chain, tree } = told(retried, 5, [{ kind: "crash", node: "a", at: 1 }], "done", "b");
    expect(chain[0]).toMatch(/ ← the messages a → b with it, due at 1–4, are never sent: a crashed at 1$/);
    expect(tree.at(-1)).toBe("    ✗ a's messages to b, sent at 1–4, never leave: a crashed at 1  test.ded:2");
  });

  const senders = ["a", "b", "c", "d", "e", "f", "g"];

  test("counts the ways beyond five, in both forms", () => {
    const program = `${senders.map((s) => `has("${s}")@1;`).join(" ")}
got("h", X)@async :- has(X);
post("h") :- got("h", _);
post("h")@next :- post("h");`;
    const { chain, tree } = told(program, 2, all(senders, "h", 1), "post", "h");
    expect(chain).toEqual([
      'no post("h") at 2: without faults it is derived in 7 ways, and each is cut',
      ...["a", "b", "c", "d", "e"].map(
        (s) => `  no got("h", "${s}") at 2 ← the message ${s} → h with it, sent at 1, is lost`,
      ),
      "  and 2 more ways, each cut as well",
    ]);
    expect(tree.filter((line) => line.startsWith("  because"))).toHaveLength(5);
    expect(tree.at(-1)).toBe("  and 2 more ways, each cut as well");
  });

  test("counts the derivations that are cut only by what is reported already", () => {
    const program = `has("a")@1;
m("b")@async :- has(X), has(X);
p("b") :- m("b"); post("b") :- p("b"); post("b") :- m("b");`;
    const { chain, tree } = told(program, 2, [omit("a", "b", 1)], "post", "b");
    expect(chain.at(-1)).toBe("  and 1 way that needs what is missing already");
    expect(tree.at(-1)).toBe("  and 1 way that needs what is missing already");
  });
});
