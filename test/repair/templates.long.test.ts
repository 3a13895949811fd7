import { expect, test } from "vitest";
import { byTemplate } from "./repairing.js";

test("wait: a receiver acknowledges what it holds", () => {
  const program = `
tell("c", "b")@1;
schema(B, "t")@async :- tell(C, B);
schema("b", "t")@7;
schema(R, T)@next :- schema(R, T);
order("a", "b", "x")@1;
order(A, B, X)@next :- order(A, B, X), notin done(A, X);
send(B, A, X)@async :- order(A, B, X);
row(B, X) :- send(B, _, X), schema(B, _);
row(B, X)@next :- row(B, X);
done(A, X)@async :- send(B, A, X);
done(A, X)@next :- done(A, X);
order_seen(A, B, X) :- order(A, B, X);
order_seen(A, B, X)@next :- order_seen(A, B, X);
pre(B, X) :- order_seen(A, B, X), notin crash(B, B, _), notin crash(A, A, _);
post(B, X) :- row(B, X);
`;
  expect(byTemplate(program, { eot: 11, eff: 3 }, "wait")).toEqual([
    "-done(A, X)@async :- send(B, A, X);",
    "+done(A, X)@async :- send(B, A, X), row(B, X);",
  ]);
});

test("once: where what is derived is counted, a message is taken once", () => {
  // c has the votes of three; d has two, and leads as well if one of them comes twice.
  const program = `
voter("c", "a")@1;
voter("c", "b")@1;
voter("d", "e")@1;
voter(C, V)@next :- voter(C, V);
stands("c")@1;
stands("d")@1;
ask(V, C)@async :- stands(C), voter(C, V);
vote(C, V)@async :- ask(V, C);
votes(C, 1)@next :- stands(C);
new(C, count<V>) :- vote(C, V);
votes(C, N + K)@next :- votes(C, N), new(C, K);
votes(C, N)@next :- votes(C, N), notin new(C, _);
leader(C)@next :- votes(C, N), N >= 3;
append(V, C)@async :- leader(C), voter(C, V);
led(C) :- leader(C);
led(C)@next :- led(C);
never(C, D) :- led(C), led(D), C != D;
`;
  const options = { eot: 9, eff: 8, omissions: 0, duplicates: 1, lateness: 2 };
  expect(byTemplate(program, options, "once")).toEqual([
    "-new(C, count<V>) :- vote(C, V);",
    "+new(C, count<V>) :- vote(C, V), notin vote_taken(C, V);",
    "+vote_taken(C, V)@next :- vote(C, V);",
    "+vote_taken(C, V)@next :- vote_taken(C, V);",
  ]);
});
