import { expect, test } from "vitest";
import { parse } from "../properties/loading.js";
import { survey } from "./exhaustive.js";
import { collect } from "./program.js";
import { showSchedule } from "./schedules.js";
import { countSchedules } from "./space.js";
import { specificationOf } from "./specification.js";

function minimal(text: string, eot: number, eff: number, crashes: number): readonly string[] | string {
  const program = collect([parse(text)]);
  const found = survey(program, specificationOf(program), { nodes: ["a", "b"], eot, eff, crashes });
  return found.kind === "complete" ? found.minimal.map(showSchedule) : found.kind;
}

const retry = `
  log("a", "p")@1; link("a", "b")@1; link(N, M)@next :- link(N, M);
  log(N, P)@next :- log(N, P);
  log(M, P)@async :- log(N, P), link(N, M);
  pre(M, P) :- log(N, P), link(N, M);
  post(M, P) :- log(M, P);`;

test("the number of schedules", () => {
  // 2 channels, instants 1 and 2; a or b crashes at one of 4 instants, or none does.
  expect(countSchedules({ nodes: ["a", "b"], eot: 4, eff: 3, crashes: 1 })).toBe(2 ** 4 * 9);
});

test("a sender that retries survives omissions but not its own crash", () => {
  expect(minimal(retry, 4, 3, 0)).toEqual([]);
  expect(minimal(retry, 4, 3, 1)).toEqual([
    "crash(a,1)",
    "crash(a,2) omit(a,b,1)",
    "crash(a,3) omit(a,b,1) omit(a,b,2)",
  ]);
});

test("a node promises nothing once it has crashed, at any time", () => {
  const spared = retry.replace("link(N, M);\n  post", "link(N, M), notin crash(N, N, _);\n  post");
  expect(minimal(spared, 4, 3, 1)).toEqual([]);
});

test("a crash that only `crash` shows: as late as possible", () => {
  expect(
    minimal(`v("a")@1; v(N)@next :- v(N); pre(N) :- v(N); post(N) :- v(N), notin crash(N, _, _);`, 3, 2, 2),
  ).toEqual(["crash(a,3)", "crash(b,3)"]);
});

test("without pre the failure-free outcomes are to be kept; with neither, what persists", () => {
  const message = `v("a")@1; m("b")@async :- v(X); m(X)@next :- m(X);`;
  expect(minimal(`${message} post(X) :- m(X);`, 3, 2, 1)).toEqual(["crash(a,1)", "omit(a,b,1)"]);
  expect(minimal(message, 3, 2, 1)).toEqual(["crash(a,1)", "omit(a,b,1)"]);
});
