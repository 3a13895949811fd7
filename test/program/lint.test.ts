import { describe, expect, it } from "vitest";
import type { LintOptions } from "../../src/program/lint/index.js";
import { lintProgram } from "../../src/program/lint/index.js";
import { programOf } from "./programs.js";

/** The codes of the advice on a text, what it is about, and the suggestion if it makes one. */
function adviceOn(text: string, options: LintOptions = {}): readonly string[] {
  return lintProgram(programOf(text), options).map(({ code, severity, span, help }) => {
    expect(severity).toBe("warning");
    const meant = /did you mean `(\w+)`/.exec(help ?? "")?.[1];
    return `${code}: ${span === undefined ? "" : text.slice(span.start, span.end)}${meant === undefined ? "" : ` -> ${meant}`}`;
  });
}

/** Only the advice with one of these codes. */
function only(text: string, ...codes: readonly string[]): readonly string[] {
  return adviceOn(text).filter((advice) => codes.includes(advice.split(":")[0] ?? ""));
}

const broadcast = `
  node("a", "b")@1; node(X, Y)@next :- node(X, Y);
  bcast("a", "hi")@1;
  log(X, P) :- bcast(X, P); log(X, P)@next :- log(X, P);
  log(Y, P)@async :- bcast(X, P), node(X, Y);
  missing(X, P) :- log(Y, P), node(Y, X), notin log(X, P);
  pre(X, P) :- log(X, P), notin crash(X, X, _), bcast(_, P)@1;
  post(X, P) :- log(X, P), notin missing(_, P);
`;

describe("advice", () => {
  it("reports nothing for a correct broadcast, whose specification reads all nodes and crash", () => {
    expect(adviceOn(broadcast)).toEqual([]);
  });

  it("is given in the order of the text", () => {
    expect(adviceOn("post(X) :- lgo(X, Y); log(X, X) :- lgo(X, _);").map((advice) => advice.split(":")[0])).toEqual([
      "unknown-relation",
      "single-use-variable",
      "unread-relation",
    ]);
  });
});

describe("a relation that nothing defines", () => {
  it("is most likely misspelt", () => {
    expect(only('log("a")@1; post(X) :- lgo(X), log(X);', "unknown-relation")).toEqual([
      "unknown-relation: lgo(X) -> log",
    ]);
    expect(only('log("a")@1; post(X) :- log(X), notin crahs(X, X, _);', "unknown-relation")).toEqual([
      "unknown-relation: crahs(X, X, _) -> crash",
    ]);
  });

  it("has no suggestion far and wide", () => {
    expect(only('log("a")@1; post(X) :- log(X), started(X);', "unknown-relation")).toEqual([
      "unknown-relation: started(X)",
    ]);
  });

  it("may be crash, or be defined by a fact after the end of time", () => {
    expect(only('log("a")@1000; post(X) :- log(X), crash(X, X, _);', "unknown-relation")).toEqual([]);
  });
});

describe("a relation that nothing reads", () => {
  it("is not an outcome and is read by no other", () => {
    expect(
      only('log("a")@1; seen(X) :- log(X); seen(X)@next :- seen(X); post(X) :- log(X);', "unread-relation"),
    ).toEqual(["unread-relation: seen(X)"]);
  });

  it("may be an outcome, by its name, by choice, or for want of others", () => {
    expect(only('log("a")@1; pre(X) :- log(X); post(X) :- log(X);', "unread-relation")).toEqual([]);
    expect(adviceOn('log("a")@1; p(X) :- log(X); q(X) :- log(X);', { pre: "p", post: "q" })).toEqual([]);
    expect(only('log("a")@1; log(X)@next :- log(X);', "unread-relation")).toEqual([]);
  });
});

describe("a variable used once", () => {
  it("could be `_`", () => {
    expect(only("post(X) :- log(X, Y), notin gone(X, Z);", "single-use-variable")).toEqual([
      "single-use-variable: Y",
      "single-use-variable: Z",
    ]);
  });

  it("is intended if its name starts with _, and needed if it names the sender", () => {
    expect(only("post(X) :- log(X, _why); m(Y)@async :- log(X, Y);", "single-use-variable")).toEqual([]);
  });

  it("may be bound for nothing", () => {
    expect(only('post(X) :- log(X), Y == X + "1";', "single-use-variable")).toEqual(["single-use-variable: Y"]);
  });
});

describe("a rule that reads another node's state", () => {
  it("needs a message, if messages depend on it", () => {
    expect(only("m(Y, P)@async :- log(X, P), peer(X, Y), log(Y, P);", "remote-read")).toEqual([
      "remote-read: log(Y, P)",
    ]);
    expect(only("all(X) :- log(X), notin log(_); m(Y)@async :- all(X), peer(X, Y);", "remote-read")).toEqual([
      "remote-read: notin log(_)",
    ]);
  });

  it("needs one, if what it reads there depends on what it derives", () => {
    expect(only("log(X, P) :- peer(X, Y), log(Y, P); post(X) :- log(X, _);", "remote-read")).toEqual([
      "remote-read: log(Y, P)",
    ]);
  });

  it("needs one, if it derives at a node that it only names", () => {
    const facts = 'bcast("a", "hi")@1; peer("a", "b")@1;';
    const expected = ["remote-read: log(Y, P)@next"];
    expect(
      only(
        `${facts} peer("b", "a")@1; log(Y, P)@next :- bcast(X, P), peer(X, Y); post(X) :- log(X, _);`,
        "remote-read",
      ),
    ).toEqual(expected);
    expect(
      only(
        `${facts} log(Y, P)@next :- bcast(X, P), peer(X, Y); log(X, P) :- bcast(X, P); post(X) :- log(X, _);`,
        "remote-read",
      ),
    ).toEqual(expected);
    expect(only(`${facts} log(Y, P)@next :- bcast(X, P), peer(X, Y); m(Y)@async :- log(X, Y);`, "remote-read")).toEqual(
      expected,
    );
  });

  it("needs none in a specification, even one that keeps a record", () => {
    expect(
      only(
        "split(X, Y) :- led(X), led(Y), X != Y; split(X, Y)@next :- split(X, Y); pre(X) :- split(X, _); post(X) :- led(X);",
        "remote-read",
      ),
    ).toEqual([]);
    expect(
      only(
        'led("a", "flight")@1; clash(F) :- led(X, F), led(Y, F), X != Y; clash(F)@next :- clash(F); post(F) :- led(_, F), notin clash(F);',
        "remote-read",
      ),
    ).toEqual([]);
  });

  it("needs one, if it is kept at a node and the promise may be kept by it, whatever the order of its atoms", () => {
    const facts = 'order("a", "o")@1; peer("b", "a")@1; peer(X, Y)@next :- peer(X, Y);';
    const kept = "stored(X, O)@next :- stored(X, O); pre(O) :- order(_, O)@1;";
    const reads = (rules: string): readonly string[] => only(facts + kept + rules, "remote-read");
    expect(reads("stored(B, O) :- peer(B, A), order(A, O); post(O) :- stored(_, O);")).toEqual([
      "remote-read: order(A, O)",
    ]);
    expect(reads("stored(B, O) :- order(A, O), peer(B, A); post(O) :- stored(_, O);")).toEqual([
      "remote-read: peer(B, A)",
    ]);
    expect(
      reads(
        "stored(B, O) :- order(A, O), peer(B, A), A != B; post(O) :- order(_, O)@1, notin lacking(O); lacking(O) :- order(_, O)@1, notin stored(_, O);",
      ),
    ).toEqual(["remote-read: peer(B, A)"]);
    // A record that makes demands is the specification's.
    expect(reads("stored(B, O) :- peer(B, A), order(A, O); post(O) :- order(_, O)@1, notin stored(_, O);")).toEqual([]);
  });

  it("needs one, if it brings to a node, for the promise, a value that only another place has", () => {
    const facts = 'order("a", "o")@1; order(X, O)@next :- order(X, O); peer("b", "a")@1; pre(O) :- order(_, O);';
    const reads = (rules: string): readonly string[] => only(facts + rules, "remote-read");
    expect(reads("stored(B, O) :- peer(B, A), order(A, O); post(O) :- stored(_, O);")).toEqual([
      "remote-read: order(A, O)",
    ]);
    expect(reads('stored("b", O) :- order("a", O); post(O) :- stored(_, O);')).toEqual(['remote-read: stored("b", O)']);
    // What restricts its own state by that of others is a judgement about all; and so is what stands under another name.
    expect(reads("both(A, O) :- order(A, O), order(B, O), A != B; post(O) :- both(_, O);")).toEqual([]);
    expect(reads("stored(O, B) :- peer(B, A), order(A, O); post(O) :- stored(O, _);")).toEqual([]);
  });

  it("needs none for history that is the observer's, though that reads itself", () => {
    const idle =
      'idle("all", 0)@next :- order(_, _); idle("all", N + 1)@next :- idle("all", N), notin order(_, _); never(N) :- idle(_, N), N > 3; order("a", "o")@1;';
    expect(only(idle, "remote-read")).toEqual(["remote-read: notin order(_, _)"]);
    expect(only(`//! observer idle\n${idle}`, "remote-read")).toEqual([]);
  });

  it("knows the nodes that are given", () => {
    const text =
      'order("a", "o")@1; peer("a", "b")@1; stored(B, O) :- order(A, O), peer(A, B); stored(B, O)@next :- stored(B, O); post(O) :- stored(_, O);';
    expect(adviceOn(text)).toEqual([]);
    expect(adviceOn(text, { nodes: ["a", "b"] })).toEqual(["remote-read: stored(B, O)"]);
  });

  it("is at one place if its places are made equal", () => {
    expect(
      only('m(Z)@async :- log(X, Z), peer(Y), Y == X; k(X)@async :- log("a", X), peer(Y), Y == "a";', "remote-read"),
    ).toEqual([]);
  });
});

describe("a rule that reads crash", () => {
  it("cannot be one on which messages depend", () => {
    expect(
      only("dead(X, Y) :- crash(X, Y, _); m(Y)@async :- node(X, Y), notin dead(X, Y);", "protocol-reads-crash"),
    ).toEqual(["protocol-reads-crash: crash(X, Y, _)"]);
  });

  it("cannot be one that keeps at a node what the promise may be kept by", () => {
    const facts = 'peer("a", "b")@1; peer("b", "a")@1; peer(X, Y)@next :- peer(X, Y);';
    const reads = (rules: string): readonly string[] => only(facts + rules, "protocol-reads-crash");
    expect(reads("suspects(X, Y)@next :- peer(X, Y), crash(X, Y, _); post(X) :- suspects(X, _);")).toEqual([
      "protocol-reads-crash: crash(X, Y, _)",
    ]);
    expect(
      reads(
        "trusts(X, Y) :- peer(X, Y), notin crash(X, Y, _); trusts(X, Y)@next :- trusts(X, Y); post(X) :- trusts(X, _);",
      ),
    ).toEqual(["protocol-reads-crash: notin crash(X, Y, _)"]);
    expect(
      reads(
        "dead(X, Y) :- crash(X, Y, _); trusts(X, Y)@next :- peer(X, Y), notin dead(X, Y); post(X) :- trusts(X, _);",
      ),
    ).toEqual(["protocol-reads-crash: crash(X, Y, _)"]);
  });

  it("may leave out of a record what a node does after its own crash", () => {
    const record = "taken(X, V)@next :- taken(X, V); pre(X) :- taken(X, _); post(X) :- taken(X, _);";
    const rules = "dead(Y) :- crash(Y, Y, _); taken(X, V) :- decided(X, V), notin dead(X);";
    expect(only(`decided("a", 1)@1; ${record}${rules}`, "protocol-reads-crash")).toEqual([]);
  });

  it("may serve the specification, even where it keeps a record", () => {
    expect(
      only(
        "taken(X) :- done(X), notin crash(X, X, _); taken(X)@next :- taken(X); pre(X) :- taken(X); post(X) :- taken(X);",
        "protocol-reads-crash",
      ),
    ).toEqual([]);
  });
});

describe("an aggregate over distinct values", () => {
  it("warns of a fact that is stated twice", () => {
    const repeated = (text: string): readonly string[] => only(text, "repeated-fact");
    expect(repeated('pay("a", 10)@1; pay("a", 10)@1; post(N, X) :- pay(N, X);')).toEqual([
      'repeated-fact: pay("a", 10)@1',
    ]);
    expect(repeated('pay("a", 10)@1; pay("a", 10)@2; pay("b", 10)@1; post(N, X) :- pay(N, X);')).toEqual([]);
    // Ranges overlap on purpose.
    expect(repeated('slot("a", 1..3)@1; slot("a", 2)@1; slot("a", 2..4)@1; post(N, X) :- slot(N, X);')).toEqual([]);
  });

  const collapsing = (text: string): readonly string[] => only(text, "aggregate-collapses");

  it("reports a variable that an aggregate collapses once, with what to do", () => {
    const advice = (text: string): readonly string[] => only(text, "aggregate-collapses", "single-use-variable");
    expect(advice("total(S, sum<X>) :- paid(S, Id, X);")).toEqual(["aggregate-collapses: sum<X>"]);
    expect(advice("total(S, max<X>) :- paid(S, Id, X);")).toEqual(["single-use-variable: Id"]);
    expect(advice("total(S, sum<X>) :- paid(S, Id, X), open(S, Day);")).toEqual([
      "aggregate-collapses: sum<X>",
      "single-use-variable: Day",
    ]);
  });

  it("counts equal values once, although the body distinguishes them", () => {
    expect(collapsing("total(S, sum<X>) :- paid(S, Id, X), Id > 0;")).toEqual(["aggregate-collapses: sum<X>"]);
    expect(collapsing("total(S, sum<X>) :- paid(S, _, X);")).toEqual(["aggregate-collapses: sum<X>"]);
    expect(collapsing("mean(S, avg<X>) :- paid(S, Id, X), open(S, Id);")).toEqual(["aggregate-collapses: avg<X>"]);
    expect(collapsing("n(S, count<X>) :- paid(S, Id, X), open(S, Id);")).toEqual(["aggregate-collapses: count<X>"]);
    expect(collapsing("n(S, count<I>, sum<X>) :- paid(S, I, X);")).toEqual(["aggregate-collapses: sum<X>"]);
  });

  it("is meant where the name or the `_` of a count says so, and for min and max makes no difference", () => {
    expect(collapsing("total(S, sum<X>) :- paid(S, _id, X);")).toEqual([]);
    expect(collapsing("n(S, count<X>) :- paid(S, _, X);")).toEqual([]);
    expect(collapsing("n(S, min<X>, max<X>) :- paid(S, Id, X), open(S, Id);")).toEqual([]);
  });

  it("loses nothing that the group, the value or another relation determines", () => {
    expect(collapsing("total(S, Id, sum<X>) :- paid(S, Id, X);")).toEqual([]);
    expect(collapsing("total(S, Id + 1, sum<X>) :- paid(S, Id, X);")).toEqual([]);
    expect(collapsing("keyed(S, sum<K>) :- paid(S, Id, X), K == X * 1000 + Id;")).toEqual([]);
    expect(collapsing('total(S, sum<X>) :- paid(S, Id, X), Id == "x";')).toEqual([]);
    expect(collapsing("total(S, sum<X>) :- paid(S, X), open(S, _);")).toEqual([]);
    expect(collapsing("top(S, max<T>) :- seen(S, T); n(S, count<M>) :- vote(S, M, T), top(S, T);")).toEqual([]);
  });

  it("loses nothing that facts and counting determine", () => {
    const rule = "n(S, count<M>) :- vote(S, M, T), now(S, T);";
    expect(collapsing(`now("a", 1)@1; now("b", 1)@1; now(S, T + 1)@next :- now(S, T); ${rule}`)).toEqual([]);
    for (const other of [
      'now("a", 1)@1; now("a", 2)@1; now(S, T + 1)@next :- now(S, T);',
      'now("a", 1)@1; now(S, T)@next :- now(S, _), other(S, T);',
      'now("a", 1)@1; now(S, T)@next :- now(S, T); now(S, T) :- other(S, T);',
    ])
      expect(collapsing(other + rule)).toEqual(["aggregate-collapses: count<M>"]);
  });

  it("loses nothing that an aggregate and the facts before it determine", () => {
    const rules = "v(S, Z, max<I, D>)@next :- said(S, Z, I, D); total(S, sum<I by Z>) :- v(S, Z, I, _);";
    expect(collapsing(`v("a", "b", 0, 0)@1; v("a", "c", 0, 0)@1; ${rules}`)).toEqual([]);
    for (const facts of ['v("a", "b", 0, 0)@1; v("a", "b", 0, 1)@1;', 'v("a", "b", 0, 0)@2;'])
      expect(collapsing(`${facts} ${rules}`)).toEqual(["aggregate-collapses: sum<I by Z>"]);
  });

  it("names the aggregate as it is written, and what to add to it", () => {
    const said = (head: string): readonly string[] =>
      lintProgram(programOf(`${head} :- paid(S, Id, D, X), open(S, Id);`)).flatMap(({ code, message, help }) =>
        code === "aggregate-collapses" ? [`${message}; ${help}`] : [],
      );
    expect(said("n(S, sum<X by D>)")).toEqual([
      "`sum<X by D>` ranges over the distinct values of (X, D): bindings that differ only in `Id` count once; " +
        "to count them separately, write `sum<X by D, Id>`; if each (X, D) is to count once, rename `Id` to `_Id`",
    ]);
    expect(said("n(S, count<X, D>)")).toEqual([
      "`count<X, D>` ranges over the distinct values of (X, D): bindings that differ only in `Id` count once; " +
        "to count them separately, write `count<X, D, Id>`; if each (X, D) is to count once, rename `Id` to `_Id`",
    ]);
    expect(said("n(S, D, sum<X>)")).toEqual([
      "`sum<X>` ranges over the distinct values of `X`: bindings that differ only in `Id` count once; " +
        "to count them separately, write `sum<X by Id>`; if each `X` is to count once, rename `Id` to `_Id`",
    ]);
  });

  it("counts values and not senders where the column of the sender is not counted and the result is compared", () => {
    const votes = `
      vote(S, A, V)@async :- asked(A, S, V);
      votes(S, A, V) :- vote(S, A, V); votes(S, A, V)@next :- votes(S, A, V);
    `;
    const message = (text: string): readonly string[] =>
      lintProgram(programOf(votes + text)).flatMap(({ code, message: said }) =>
        code === "aggregate-collapses" ? [said.split(":", 1)[0] ?? ""] : [],
      );
    const counts = "`count<V>` counts the distinct values of `V`, not their senders";
    expect(message("n(S, count<V>) :- votes(S, _, V); won(S) :- n(S, 2);")).toEqual([counts]);
    expect(message("n(S, count<V>) :- votes(S, A, V), peer(S, A); won(S) :- n(S, K), K >= 2;")).toEqual([counts]);
    expect(message("n(S, count<A>) :- votes(S, A, _); won(S) :- n(S, 2);")).toEqual([]);
    expect(message("n(S, count<V>) :- votes(S, _, V); won(S) :- n(S, K), size(S, K);")).toEqual([]);
    expect(message("votes(S, A, V) :- given(S, A, V); n(S, count<V>) :- votes(S, _, V); won(S) :- n(S, 2);")).toEqual(
      [],
    );
  });
});

describe("a node", () => {
  it("that is given but appears nowhere is most likely misspelt", () => {
    expect(
      adviceOn('node1("replica1")@1; post(X) :- node1(X);', { nodes: ["replica1", "replca1", "elsewhere"] }),
    ).toEqual(["unknown-node:  -> replica1", "unknown-node: "]);
  });

  it("may appear in a rule alone", () => {
    expect(adviceOn('r("a")@1; post(X) :- r(X), X != "b" + "c";', { nodes: ["a", "b"] })).toEqual([]);
  });
});
