import { expect, test } from "vitest";
import { byTemplate } from "./repairing.js";

const group = `
member("a", "b")@1;
member("a", "c")@1;
member("b", "c")@1;
member("c", "b")@1;
member(X, Y)@next :- member(X, Y);
`;

const agreement = `
pre(Y, M) :- log(X, M), member(X, Y), notin crash(X, X, _), notin crash(Y, Y, _);
post(Y, M) :- log(Y, M);
`;

const broadcast = `${group}
bcast("a", "m")@1;
copy(Y, M)@async :- bcast(X, M), member(X, Y);
log(X, M) :- bcast(X, M);
log(X, M) :- copy(X, M);
log(X, M)@next :- log(X, M);
${agreement}`;

test("retry: what triggers a message is kept", () => {
  expect(byTemplate(broadcast, { eot: 6, eff: 5 }, "retry")).toEqual(["+bcast(X, M)@next :- bcast(X, M);"]);
});

test("retry until acknowledged: a message without its sender is sent as a copy that has it", () => {
  expect(byTemplate(broadcast, { eot: 7, eff: 5 }, "retry-until-acknowledged")).toEqual([
    "+copy_sent(X, Y, M) :- bcast(X, M), member(X, Y);",
    "+copy_sent(X, Y, M)@next :- copy_sent(X, Y, M), notin copy_ack(X, Y, M);",
    "+copy_copy(Y, X, M)@async :- copy_sent(X, Y, M), notin copy_ack(X, Y, M);",
    "+copy(Y, M) :- copy_copy(Y, _, M);",
    "+copy_ack(X, Y, M)@async :- copy_copy(Y, X, M);",
    "+copy_ack(X, Y, M)@next :- copy_ack(X, Y, M);",
  ]);
});

test("relay: who keeps a message passes it on", () => {
  expect(byTemplate(broadcast, { eot: 6, eff: 5, crashes: 1 }, "relay")).toEqual([
    "+copy(Other, M)@async :- log(X, M), member(X, Other);",
  ]);
});

const replication = `
backup("p", "b1")@1;
backup("p", "b2")@1;
backup(P, B)@next :- backup(P, B);
put("c", "p", "w")@1;
request(P, C, W)@async :- put(C, P, W);
log(P, W) :- request(P, _, W);
log(B, W) :- ship(B, _, W);
log(R, W)@next :- log(R, W);
ack(C, W)@async :- request(P, C, W);
unshipped(P, W)@next :- request(P, _, W);
unshipped(P, W)@next :- unshipped(P, W);
ship(B, P, W)@async :- unshipped(P, W), backup(P, B);
acked(C, W) :- ack(C, W);
acked(C, W)@next :- acked(C, W);
pre(C, W) :- acked(C, W), notin crash(C, C, _);
post(C, W) :- acked(C, W), log(R, W), notin crash(R, R, _);
`;

test("wait: what promises waits for an acknowledgement of those who hold the value", () => {
  expect(byTemplate(replication, { eot: 8, eff: 0, crashes: 1 }, "wait")).toEqual([
    "-ack(C, W)@async :- request(P, C, W);",
    "+ack(C, W)@async :- request(P, C, W), ship_ack(P, _, W);",
    "+request(P, C, W)@next :- request(P, C, W);",
    "+ship_ack(P, B, W)@async :- ship(B, P, W);",
    "+ship_ack(P, B, W)@next :- ship_ack(P, B, W);",
  ]);
});

test("quorum: a number of votes compared with a fact grows, and the fact stays", () => {
  const program = `
replica("c", "r1")@1;
replica("c", "r2")@1;
replica(C, R)@next :- replica(C, R);
need("c", 1)@1;
need(C, N)@next :- need(C, N);
put("c", "w")@1;
store(R, C, W)@async :- put(C, W), replica(C, R);
log(R, W) :- store(R, _, W);
log(R, W)@next :- log(R, W);
stored(C, R, W)@async :- store(R, C, W);
stored(C, R, W)@next :- stored(C, R, W);
copies(C, W, count<R>) :- stored(C, R, W);
tell(D, W)@async :- copies(C, W, N), need(C, Q), N >= Q, listener(C, D);
listener("c", "d")@1;
listener(C, D)@next :- listener(C, D);
told(D, W) :- tell(D, W);
told(D, W)@next :- told(D, W);
pre(D, W) :- told(D, W), notin crash(D, D, _);
post(D, W) :- told(D, W), log(R, W), notin crash(R, R, _);
`;
  expect(byTemplate(program, { eot: 7, eff: 5, crashes: 1 }, "quorum")).toEqual([
    "-tell(D, W)@async :- copies(C, W, N), need(C, Q), N >= Q, listener(C, D);",
    "+tell(D, W)@async :- copies(C, W, N), need(C, Q), N >= Q + 1, listener(C, D);",
  ]);
});

const jobs = `
worker("q", "w")@1;
worker(Q, W)@next :- worker(Q, W);
job("q", "j")@1;
try(Q, J, 1) :- job(Q, J);
waiting(Q, J, N)@next :- try(Q, J, N);
due(Q, J, N + 1)@next :- waiting(Q, J, N);
try(Q, J, N) :- due(Q, J, N), notin acked(Q, J);
deliver(W, Q, J, N)@async :- try(Q, J, N), worker(Q, W);
acked(Q, J)@async :- deliver(W, Q, J, _);
acked(Q, J)@next :- acked(Q, J);
performs(W, J, N) :- deliver(W, _, J, N);
performed(W, J, N) :- performs(W, J, N);
performed(W, J, N)@next :- performed(W, J, N);
times(W, J, count<N>) :- performed(W, J, N);
held(Q, J) :- job(Q, J);
held(Q, J)@next :- held(Q, J);
pre(W, J) :- held(Q, J), worker(Q, W), notin crash(Q, Q, _), notin crash(W, W, _);
post(W, J) :- times(W, J, 1);
`;

test("once: an effect is guarded by a key that is remembered", () => {
  expect(byTemplate(jobs, { eot: 8, eff: 7 }, "once")).toEqual([
    "-performs(W, J, N) :- deliver(W, _, J, N);",
    "+performs(W, J, N) :- deliver(W, _, J, N), notin performs_done(W, J);",
    "+performs_done(W, J)@next :- performs(W, J, _);",
    "+performs_done(W, J)@next :- performs_done(W, J);",
  ]);
});

test("remember: what is forgotten when something happens is kept for good", () => {
  // a forgets to whom it gave the key when it has not heard from its helper by 4.
  const program = `
asks("b", "a", "k")@1;
asks("c", "a", "k")@6;
ask(V, C, K)@async :- asks(C, V, K);
tired("a")@4;
quits(V) :- tired(V), notin hears(V, _);
helper("h", "a")@1;
beat(V, H)@async :- helper(H, V);
hears(V, H) :- beat(V, H);
hears(V, H)@next :- hears(V, H);
given(V, C, K) :- ask(V, C, K), notin gave(V, K, _);
gave(V, K, C)@next :- given(V, C, K);
gave(V, K, C)@next :- gave(V, K, C), notin quits(V);
grant(C, V, K)@async :- given(V, C, K);
has(C, K) :- grant(C, _, K);
has(C, K)@next :- has(C, K);
never(C, D) :- has(C, K), has(D, K), C != D;
`;
  const options = { eot: 9, eff: 8, omissions: 0, delays: 1, lateness: 4, maxRepairs: 1 };
  expect(byTemplate(program, options, "remember")).toEqual(["+gave(V, K, C)@next :- gave(V, K, C);"]);
});

test("what should have stepped in is a place as well, though it left no lineage where it failed", () => {
  // The client no longer knows its backup when it needs it; without faults it needs none.
  const program = `
primary("c", "a")@1;
backup("c", "b")@1;
begin("c", "w")@1;
put(A, C, W)@async :- begin(C, W), primary(C, A);
put(B, C, W)@async :- late(C, W), backup(C, B);
ok(C, W)@async :- put(S, C, W);
ok(C, W)@next :- ok(C, W);
waits(C, W)@next :- begin(C, W);
due(C, W)@next :- waits(C, W);
late(C, W) :- due(C, W), notin ok(C, W);
begun(C, W) :- begin(C, W);
begun(C, W)@next :- begun(C, W);
pre(C, W) :- begun(C, W), notin crash(C, C, _);
post(C, W) :- ok(C, W);
`;
  expect(byTemplate(program, { eot: 7, eff: 0, crashes: 1, spare: ["b"] }, "retry")).toEqual([
    "+backup(C, B)@next :- backup(C, B);",
  ]);
});

/** A subscriber shows the price that came last; `arrives` says which came. */
const ticker = (arrives: string): string => `
subscriber("p", "s")@1;
subscriber(P, S)@next :- subscriber(P, S);
price("p", 1, 10)@1;
price("p", 2, 20)@2;
update(S, V, X)@async :- price(P, V, X), subscriber(P, S);
${arrives}
shown(S, X) :- arrives(S, X);
shown(S, X) :- kept(S, X), notin arrives(S, _);
kept(S, X)@next :- shown(S, X);
last("s", 20)@3;
last(S, X)@next :- last(S, X);
pre(S, X) :- last(S, X), notin crash("p", "p", _);
post(S, X) :- shown(S, X);
`;

test("newest only: what comes late does not undo what is newer", () => {
  const program = ticker("arrives(S, max<X>) :- update(S, _, X);");
  expect(byTemplate(program, { eot: 7, eff: 6, omissions: 0, delays: 1, lateness: 3 }, "newest-only")).toEqual([
    "-arrives(S, max<X>) :- update(S, _, X);",
    "+arrives(S, max<X>) :- update(S, Version, X), update_newest(S, Version);",
    "+update_seen(S, Version) :- update(S, Version, _);",
    "+update_seen(S, Version)@next :- update_seen(S, Version);",
    "+update_newest(S, max<Version>) :- update_seen(S, Version);",
  ]);
});

test("newest only: by the greatest number that the program has", () => {
  const program = ticker(`known(S, V) :- update(S, V, _);
known(S, V)@next :- known(S, V);
version(S, max<V>) :- known(S, V);
arrives(S, X) :- update(S, V, X), V >= 1;`);
  expect(byTemplate(program, { eot: 7, eff: 6, omissions: 0, delays: 1, lateness: 3 }, "newest-only")).toEqual([
    "-arrives(S, X) :- update(S, V, X), V >= 1;",
    "+arrives(S, X) :- update(S, V, X), V >= 1, version(S, V);",
  ]);
});

const stateful = `
store("a", "s")@1;
put("a", "w")@1;
put(A, W)@next :- put(A, W), notin done(A, W);
store(A, S)@next :- store(A, S);
write(S, A, W)@async :- put(A, W), store(A, S), notin done(A, W);
done(A, W)@async :- write(S, A, W);
done(A, W)@next :- done(A, W);
log(S, W) :- write(S, _, W);
log(S, W)@next :- log(S, W);
reader("s", "r")@1;
reader(S, R)@next :- reader(S, R);
asks("r", "s")@6;
ask(S, R)@async :- asks(R, S);
answer(R, W)@async :- ask(S, R), log(S, W);
known(R, W) :- answer(R, W);
known(R, W)@next :- known(R, W);
wanted("r", "w")@1;
wanted(R, W)@next :- wanted(R, W);
pre(R, W) :- wanted(R, W);
post(R, W) :- known(R, W);
`;

test("durable: what a restart forgets, where the relation is defined", () => {
  expect(byTemplate(stateful, { eot: 9, eff: 5, omissions: 0, restarts: 1, spare: ["r", "a"] }, "durable")).toEqual([
    "+//! durable log",
  ]);
});

test("ask again: a node that is back sends its question anew", () => {
  const program = `
source("d", "s")@1;
begins("d")@1;
fetch(S, D)@async :- begins(D), source(D, S);
item("s", "x")@1;
row(D, X)@async :- fetch(S, D), item(S, X);
row(D, X)@next :- row(D, X);
item(S, X)@next :- item(S, X);
source(D, S)@next :- source(D, S);
wanted("d", "x")@1;
wanted(D, X)@next :- wanted(D, X);
pre(D, X) :- wanted(D, X);
post(D, X) :- row(D, X);
`;
  expect(byTemplate(program, { eot: 9, eff: 6, omissions: 0, restarts: 1, spare: ["s"] }, "ask-again")).toEqual([
    "+fetch(S, D)@async :- restart(D), source(D, S);",
  ]);
});
