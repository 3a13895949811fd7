import { expect, test } from "vitest";
import type { RepairOptions } from "../../src/repair/repair.js";
import type { RepairResult } from "../../src/repair/result.js";
import { violatedInWords } from "../../src/report/text/repair-words.js";
import { firstCopy } from "./first-copy.js";
import { repairOf, titlesOf } from "./repairing.js";

/*
 * Edits that take the violation away without a repair, in programs where something else hides it: what is given up shows under other
 * inputs, in another promise, or behind a relation between the protocol and `never`; and messages that matter to no promise are many.
 */

/** The titles that are offered, and how many candidates are refused for what reason. */
function refusedOf(
  program: string,
  options: RepairOptions,
): { readonly titles: readonly string[]; readonly refused: NonNullable<unknown> } {
  const result: RepairResult = repairOf(program, { maxEdits: 1, maxRepairs: 100, ...options });
  if (!("statistics" in result)) throw new Error("the program is not violated");
  return { titles: titlesOf(result), refused: result.statistics.refused };
}

/** A client relies on r1, and hears of the first copy. */
const reliesOnOne = `
replica("p", "r1")@1;
replica("p", "r2")@1;
${firstCopy}
pre(C, W) :- acked(C, W);
post(C, W) :- acked(C, W), log("r1", W);
`;

const keepsSending = [
  "P keeps sending store until each receiver has acknowledged",
  "put is kept, so that store is sent at every instant",
];

test("silence once a fault occurs is no repair where only inputs that are not the default promise anything", () => {
  // To wait for both copies holds: under the one loss that did no harm, nothing is promised.
  const program = `//! maybe put("p", "w")@1\n${reliesOnOne}`;
  const result = repairOf(program, { eot: 7, eff: 2, maxEdits: 1, maxRepairs: 100 });
  if (result.kind !== "repaired") throw new Error("no repair");
  expect([...titlesOf(result)].sort()).toEqual(keepsSending);
  expect(result.statistics.refused).toMatchObject({ "silent-under-faults": 2 });
  // The price is that of the inputs under which the program is violated: with the default inputs no message leaves.
  expect(result.repairs.map(({ price }) => price.messages)).toEqual([18, 10]);
  expect(violatedInWords(result)).toBe('with 1 fault, given put("p", "w")@1');
});

test("that heartbeats are lost without harm does not make up for silence", () => {
  const program = `put("p", "w")@1;
beat(R, P)@async :- replica(P, R);
up(R, P) :- beat(R, P);
${reliesOnOne}`;
  const { titles, refused } = refusedOf(program, { eot: 7, eff: 4 });
  expect([...titles].sort()).toEqual(keepsSending);
  expect(refused).toMatchObject({ "silent-under-faults": 2 });
});

test("a relay that sends after the last loss mends nothing, whatever else is sent until the end", () => {
  // Only a's message can be lost: c's to itself cannot, and what c passes on leaves at 2.
  const program = `
peer("a", "b")@1;
peer("c", "c")@1;
knows("c", "b")@1;
peer(X, Y)@next :- peer(X, Y);
knows(X, Y)@next :- knows(X, Y);
beat(Y, X)@async :- knows(X, Y);
begin("a", "m")@1;
begin("c", "m")@1;
copy(Y, M)@async :- begin(X, M), peer(X, Y);
has(X, M) :- begin(X, M);
has(X, M) :- copy(X, M);
has(X, M)@next :- has(X, M);
group("a", "b")@1;
group(X, Y)@next :- group(X, Y);
pre(Y, M) :- has(X, M), group(X, Y), notin crash(X, X, _), notin crash(Y, Y, _);
post(Y, M) :- has(Y, M);
`;
  const { titles, refused } = refusedOf(program, { eot: 6, eff: 2 });
  expect(titles).not.toContain("who receives copy passes it on to each knows");
  expect(refused).toMatchObject({ "waits-faults-out": 1 });
});

/** A lock is given to one client and, long after that has let it go, to another; unless a message comes late. */
const lock = `
want("c1", "s", "l")@1;
want("c2", "s", "l")@5;
ask(S, C, L)@async :- want(C, S, L);
given(S, L, C) :- ask(S, C, L);
grant(C, S, L)@async :- given(S, L, C);
holds(C, L) :- grant(C, _, L);
still(C, L)@next :- holds(C, L);
has(C, L) :- holds(C, L);
has(C, L) :- still(C, L);
both(C, D) :- has(C, L), has(D, L), C != D;
`;
const late = { eot: 9, eff: 8, omissions: 0, delays: 1, lateness: 3 };

test("who never gets the lock shares it with nobody, which is no repair though never reads a relation that is always empty", () => {
  const { titles, refused } = refusedOf(`${lock}never(C, D) :- both(C, D);`, late);
  expect(titles).toEqual([]);
  expect(refused).toMatchObject({ "promises-less": 1 });
});

test("a promise that is not asked for is kept", () => {
  const program = `//! promise single never=shared
//! promise served pre=wanted post=served
${lock}shared(C, D) :- both(C, D);
wanted(C, L) :- want(C, _, L);
wanted(C, L)@next :- wanted(C, L);
served(C, L) :- holds(C, L);
served(C, L)@next :- served(C, L);
`;
  const { titles, refused } = refusedOf(program, { ...late, promise: ["single"] });
  expect(titles).toEqual([]);
  expect(refused).toMatchObject({ "promises-less": 1 });
});

test("a count that is smaller is not less done", () => {
  // A job that is done once is delivered twice without faults. That it is done once holds, and is refused since nothing can go wrong any more.
  const program = `
worker("q", "w")@1;
worker(Q, W)@next :- worker(Q, W);
job("q", "j")@1;
job(Q, J)@next :- job(Q, J), notin acked(Q, J);
deliver(W, Q, J)@async :- job(Q, J), worker(Q, W), notin acked(Q, J);
acked(Q, J)@async :- deliver(W, Q, J);
acked(Q, J)@next :- acked(Q, J);
hit(W, J) :- deliver(W, _, J);
runs("w", "j", 0)@1;
runs(W, J, N + 1)@next :- hit(W, J), runs(W, J, N), N < 9;
runs(W, J, N)@next :- runs(W, J, N), notin hit(W, J);
boss("w", "q")@1;
boss(W, Q)@next :- boss(W, Q);
report(Q, W, J, N)@async :- runs(W, J, N), boss(W, Q), N >= 1;
often(W, J) :- runs(W, J, N), N >= 4;
never(W, J) :- often(W, J);
`;
  expect(refusedOf(program, { eot: 9, eff: 8 }).refused).toEqual({ "promises-less": 7, inadequate: 1 });
});
