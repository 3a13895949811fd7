import { expect, test } from "vitest";
import { plainStyle } from "../../../src/report/terminal/palette.js";
import { renderCheck } from "../../../src/report/terminal/verdict.js";
import { checkedText } from "../subject.js";

/** Two askers are served, where one should be. */
const served = `peer("a", "c")@1; peer("b", "c")@1; peer(X, Y)@next :- peer(X, Y);
ask(Y, X)@async :- peer(X, Y), peer(X, Y)@1;
run(S, X) :- ask(S, X);
ran(S, X)@next :- run(S, X); ran(S, X)@next :- ran(S, X);
times(S, count<X>) :- ran(S, X);
`;

/** The section that says why. */
function why(text: string, width: number, verbose = false): readonly string[] {
  const { report } = checkedText(text, { eot: 4, eff: 0 });
  const lines = renderCheck({ ...report, verbose }, { ...plainStyle, width }).split("\n");
  const start = lines.findIndex((line) => line.startsWith("Why"));
  return lines.slice(start, lines.indexOf("", start)).map((line) => line.slice(10).replaceAll(/\S+\.ded|<\w+>/g, "p"));
}

const never = "never(S) :- times(S, N), N > 1;";

test("a violation without faults is explained by the two derivations of what should be one, side by side", () => {
  const columns = why(served + never, 200).map((line) => line.replace(/(?<=\S) {3,}(?=\S)/, " | "));
  expect(columns).toEqual([
    'times("c", 2) at 3 depends on two tuples of ran (without what both depend on):',
    'ran("c", "a") at 3  p:4 | ran("c", "b") at 3  p:4',
    '└ run("c", "a") at 2  p:3 | └ run("c", "b") at 2  p:3',
    '  └ ask("c", "a") at 2, arrived from a, sent at 1  p:2 | └ ask("c", "b") at 2, arrived from b, sent at 1  p:2',
    '    └ peer("a", "c") at 1: fact | └ peer("b", "c") at 1: fact',
    "everything that it depends on: -v",
  ]);
});

test("one below the other if there is no room", () => {
  const lines = why(served + never, 80);
  expect(lines[1]).toMatch(/^ran\("c", "a"\) at 3/);
  expect(lines[5]).toMatch(/^ran\("c", "b"\) at 3/);
  expect(lines).toHaveLength(10);
});

test("so is what is missing because its group has another value", () => {
  const post = 'pre("c") :- peer(_, "c"); post(S) :- times(S, 1);';
  expect(why(served + post, 80)[0]).toBe(
    'times("c", 2) at 4 depends on two tuples of ran (without what both depend on):',
  );
});

test("and what is missing because two block it", () => {
  const post = 'pre("c") :- peer(_, "c"); post(S) :- ran(S, _), notin both(S); both(S) :- ran(S, "a"), ran(S, "b");';
  expect(why(served + post, 80)[0]).toBe('both("c") at 4 depends on two tuples of ran (without what both depend on):');
});

test("with -v the whole derivation is there", () => {
  expect(why(served + never, 120, true)[0]).toBe('never("c") at 3');
});

test("a violation that does not come down to two derivations is explained as usual", () => {
  expect(why(`${served}never(S) :- ran(S, "a");`, 120)[0]).toBe('never("c") at 3');
});
