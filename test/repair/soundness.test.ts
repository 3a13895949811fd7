import { expect, test } from "vitest";
import { run } from "../../src/execution/run.js";
import { lintProgram } from "../../src/program/lint/index.js";
import { loadProgram } from "../../src/program/load.js";
import { check, prepare } from "../../src/search/check.js";
import { firstCopy } from "./first-copy.js";
import { changedLines, memory, repairOf, repairsOf, titlesOf } from "./repairing.js";

/*
 * Programs in which an edit of the catalogue makes the violation go away without a repair: it waits the faults out, silences the
 * promise, empties it, or reads and changes what it may not. None of these may be offered.
 */

/** A client hears of the first copy that is stored. */
const acknowledged = `
put("p", "w")@1;
${firstCopy}`;

const agreement = `
pre(Y, M) :- has(X, M), group(X, Y), notin crash(X, X, _), notin crash(Y, Y, _);
post(Y, M) :- has(Y, M);
`;

test("a relay that sends one instant later than the last loss mends nothing", () => {
  // c passes the message on at 2, where the budget loses what is sent at 1 alone; with one more instant of faults it is lost as well.
  const program = `
peer("a", "b")@1;
peer("a", "c")@1;
knows("c", "b")@1;
peer(X, Y)@next :- peer(X, Y);
knows(X, Y)@next :- knows(X, Y);
begin("a", "m")@1;
copy(Y, M)@async :- begin(X, M), peer(X, Y);
other(Y)@async :- never_sent(X), knows(X, Y);
never_sent("c")@1000;
has(X, M) :- begin(X, M);
has(X, M) :- copy(X, M);
has(X, M)@next :- has(X, M);
group("a", "b")@1;
group(X, Y)@next :- group(X, Y);
${agreement}`;
  const result = repairOf(program, { eot: 5, eff: 2 });
  expect(titlesOf(result)).not.toContain("who receives copy passes it on to each knows");
  for (const repair of repairsOf(result)) {
    const { setting } = repair;
    const later = { ...setting, budget: { ...setting.budget, eot: 7, eff: 4 } };
    const checked = check(later, {});
    expect(checked.kind === "verdict" && checked.verdict.kind).toBe("holds");
  }
});

test("a quorum that no run reaches any more is refused, though never stays empty", () => {
  // With three of two votes nobody leads, and two leaders are impossible.
  const program = `
voter("a", "c")@1;
voter("b", "c")@2;
candidate("a")@1;
candidate("b")@2;
ask(V, N)@async :- candidate(N), voter(N, V);
voted(V, N) :- ask(V, N);
vote(N, V)@async :- voted(V, N);
votes(N, N)@next :- candidate(N);
votes(N, V) :- vote(N, V);
votes(N, V)@next :- votes(N, V);
total(N, count<V>) :- votes(N, V);
leader(N) :- total(N, C), C >= 2, notin told(N, _);
told(M, N)@async :- leader(N), rival(N, M);
rival("a", "b")@1;
rival(N, M)@next :- rival(N, M);
told(M, N)@next :- told(M, N);
led(N) :- leader(N);
led(N)@next :- led(N);
never(N, M) :- led(N), led(M), N != M;
`;
  const result = repairOf(program, { eot: 6, eff: 5, maxEdits: 1 });
  if (!("statistics" in result)) throw new Error("the program is not violated");
  expect(result.statistics.refused["promises-less"]).toBeGreaterThan(0);
  expect(titlesOf(result).filter((title) => title.includes("C >= 3"))).toEqual([]);
});

test("what feeds only the specification, facts and observers are never edited", () => {
  const program = `
server("a")@1;
server("b")@1;
grant("lock", "a")@1;
grant("lock", "b")@3;
release("a")@2;
lease(N)@async :- grant(L, N);
held(N) :- lease(N);
held(N)@next :- held(N), notin release(N);
//! observer seen
seen(N) :- held(N);
seen(N)@next :- seen(N);
history(N) :- held(N);
history(N)@next :- history(N);
pre(N) :- history(N);
post(N) :- history(N), held(N);
post(N) :- history(N), release_log(N);
release_log(N) :- release(N);
`;
  const result = repairOf(program, { eot: 5, eff: 4, restarts: 1, omissions: 0, maxEdits: 1 });
  for (const repair of repairsOf(result)) {
    for (const line of changedLines(repair))
      expect(line).not.toMatch(/^\+(\/\/! durable )?(history|seen|release_log|pre|post)\b/);
    expect(changedLines(repair).filter((line) => /@\d+;$/.test(line))).toEqual([]);
  }
});

test("a quorum that empties the promise under one input is refused", () => {
  // Where the environment gives one replica, an acknowledgement of two never comes.
  const program = `
//! maybe replica("p", "r2")@1
replica("p", "r1")@1;
${acknowledged}
pre(C, W) :- acked(C, W), notin crash(C, C, _);
post(C, W) :- acked(C, W), log(R, W), notin crash(R, R, _);
`;
  const result = repairOf(program, { eot: 7, eff: 0, crashes: 1, maxEdits: 1 });
  if (!("statistics" in result)) throw new Error("the program is not violated");
  expect(titlesOf(result).filter((title) => title.includes("N >= 2"))).toEqual([]);
  expect(result.statistics.refused["promises-less"]).toBeGreaterThan(0);
});

test("without pre, the outcomes of the original are what is promised", () => {
  // Counting to two would make `total` smaller without faults, and nothing would be left to lose.
  const program = `
reader("a", "b")@1;
reader(A, B)@next :- reader(A, B);
item("a", "x")@1;
item("a", "y")@1;
send(B, I)@async :- item(A, I), reader(A, B);
have(B, I) :- send(B, I);
have(B, I)@next :- have(B, I);
number(B, count<I>) :- have(B, I);
full(B) :- number(B, N), N >= 2;
echo(A, B)@async :- full(B), back(B, A);
back("b", "a")@1;
back(B, A)@next :- back(B, A);
heard(A) :- echo(A, _);
heard(A)@next :- heard(A);
`;
  const result = repairOf(program, { eot: 5, eff: 2, post: "heard" });
  expect(result.kind).toBe("repaired");
  for (const { verdict } of repairsOf(result))
    expect(
      verdict.failureFree.tuples(verdict.failureFree.program.relationByName.get("heard") ?? (0 as never), 5),
    ).toEqual([["a"]]);
});

test("every repair that is offered is a text that a check finds to hold", () => {
  const program = `
member("a", "b")@1;
member("a", "c")@1;
member("b", "c")@1;
member("c", "b")@1;
member(X, Y)@next :- member(X, Y);
begin("a", "m")@1;
copy(Y, M)@async :- begin(X, M), member(X, Y);
has(X, M) :- begin(X, M);
has(X, M) :- copy(X, M);
has(X, M)@next :- has(X, M);
group("a", "b")@1;
group("a", "c")@1;
group("b", "c")@1;
group("c", "b")@1;
group(X, Y)@next :- group(X, Y);
${agreement}`;
  const options = { eot: 6, eff: 5, crashes: 1 };
  const repairs = repairsOf(repairOf(program, options));
  expect(repairs.length).toBeGreaterThan(0);
  for (const { files } of repairs) {
    const { program: repaired } = loadProgram(
      ["main.ded"],
      memory(Object.fromEntries(files.map(({ path, after }) => [path, after]))),
    );
    if (repaired === undefined) throw new Error("a repair is no program");
    const { setting } = prepare(repaired, options);
    if (setting === undefined) throw new Error("the options are wrong");
    const result = check(setting, options);
    expect(result.kind === "verdict" && result.verdict.kind).toBe("holds");
  }
});

test("an acknowledgement that stops once a fault occurs is no repair", () => {
  // To wait for the replica without sending again holds, since under any loss nothing is promised.
  const program = `
replica("p", "r")@1;
replica(P, R)@next :- replica(P, R);
put("p", "w")@1;
store(R, P, W)@async :- put(P, W), replica(P, R);
log(R, W) :- store(R, _, W);
log(R, W)@next :- log(R, W);
ack(P, W)@async :- store(R, P, W);
acked(P, W) :- ack(P, W);
acked(P, W)@next :- acked(P, W);
done(P, W) :- put(P, W);
done(P, W)@next :- done(P, W);
pre(P, W) :- done(P, W);
post(P, W) :- done(P, W), log(R, W), R != P;
`;
  const options = { eot: 6, eff: 3 };
  const repairs = repairsOf(repairOf(program, { ...options, maxRepairs: 100 }));
  expect(repairs.length).toBeGreaterThan(0);
  for (const { setting, price } of repairs) {
    expect(price.promisesUnder).toBe(price.promisedUnder);
    const { program: repaired, budget } = setting;
    for (const at of [1, 2]) {
      const schedule = [{ kind: "omission", from: "p", to: "r", at } as const];
      const result = run(repaired, { nodes: budget.nodes, eot: budget.eot, schedule });
      const pre = repaired.relationByName.get("pre");
      if (result.kind !== "run" || pre === undefined) throw new Error("the repaired program does not run");
      expect(result.execution.tuples(pre, budget.eot)).toEqual([["p", "w"]]);
    }
  }
});

test("no repair reads crashes, the state of another node, or anything else that lint warns of", () => {
  // What would help most is what no node can know: whether the others are there, and what they hold.
  const program = `
peer("a", "b")@1;
peer("a", "c")@1;
peer(X, Y)@next :- peer(X, Y);
begin("a", "m")@1;
copy(Y, X, M)@async :- begin(X, M), peer(X, Y);
has(X, M) :- begin(X, M);
has(X, M) :- copy(X, _, M);
has(X, M)@next :- has(X, M);
group("a", "b")@1;
group("a", "c")@1;
group(X, Y)@next :- group(X, Y);
alive(X, Y) :- group(X, Y), notin crash(X, Y, _);
alive(X, Y)@next :- alive(X, Y);
pre(Y, M) :- begun(X, M), alive(X, Y), notin crash(X, X, _), notin crash(Y, Y, _);
begun(X, M) :- begin(X, M);
begun(X, M)@next :- begun(X, M);
post(Y, M) :- has(Y, M);
`;
  const { program: original } = loadProgram(["main.ded"], memory({ "main.ded": program }));
  if (original === undefined) throw new Error("the program does not parse");
  const complaints = new Set(lintProgram(original).map(({ code }) => code));
  const repairs = repairsOf(repairOf(program, { eot: 6, eff: 3, crashes: 1, maxRepairs: 100 }));
  expect(repairs.length).toBeGreaterThan(0);
  for (const repair of repairs) {
    expect(changedLines(repair).filter((line) => line.startsWith("+") && /\bcrash\(/.test(line))).toEqual([]);
    expect(lintProgram(repair.setting.program).filter(({ code }) => !complaints.has(code))).toEqual([]);
  }
});

test("a quorum that every loss keeps from meeting is refused, though without faults it promises as before", () => {
  // The client relies on r1, and hears of the first copy. To wait for both copies holds: under the one loss that did no harm, nothing is promised.
  const program = `
replica("p", "r1")@1;
replica("p", "r2")@1;
${acknowledged}
pre(C, W) :- acked(C, W);
post(C, W) :- acked(C, W), log("r1", W);
`;
  const result = repairOf(program, { eot: 7, eff: 2, maxEdits: 1, maxRepairs: 100 });
  if (!("statistics" in result)) throw new Error("the program is not violated");
  expect(result.statistics.refused["silent-under-faults"]).toBeGreaterThan(0);
  expect(titlesOf(result).filter((title) => title.includes("N >= 2") || title.includes("waits until"))).toEqual([]);
  expect(titlesOf(result)).toContain("put is kept, so that store is sent at every instant");
});
