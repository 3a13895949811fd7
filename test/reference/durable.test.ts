import { describe, expect, test } from "vitest";
import { parse } from "../properties/loading.js";
import { configuration, memoryOf, refusals } from "./memory.js";
import { collect } from "./program.js";
import { held } from "./shown-model.js";

/** One relation that is fed by another, which is never remembered. */
const term = `ask("a", 1)@1; term(N, K)@next :- ask(N, K); term(N, K)@next :- term(N, K);`;
const votes = term.replaceAll("term", "vote");
const restarted = { eot: 4, schedule: "restart(a,3,4)" };

const refused = (text: string, absences = true): readonly string[] =>
  refusals(collect([parse(text)]), ["pre", "post", "never"], absences);

describe("//! durable", () => {
  test('"names relations that survive a restart"', () => {
    expect(held(`//! durable term\n${term} ${votes}`, "term vote", restarted)).toBe(
      "term 2: a,1  term 4: a,1  vote 2: a,1",
    );
  });

  test('"the line may occur several times, in an included file too, and holds for the whole program"', () => {
    const trees = [
      `${term} ${votes} //! durable vote`,
      `//! durable term, state\nstate("a", 1)@9; state(N, K)@next :- ask(N, K);`,
    ];
    expect([...memoryOf(collect(trees.map(parse)), []).durable].sort()).toEqual(["ask", "state", "term", "vote"]);
  });

  test('"The lines stand wherever a `//` comment may", and not in a string or in another comment', () => {
    const program = collect([
      parse(
        `p("a", "//! durable p")@1; /* //! durable p */ p(N, X)@next :- q(N, X), p(N, X); //! durable q\nq("a", "x")@1;\n  //!durable   r , s\n// ! durable p\nr("a")@1; s("a")@1;`,
      ),
    ]);
    expect(program.durable).toEqual(["q", "r", "s"]);
  });

  test('"with a name that nothing defines is an error"', () => {
    expect(refused(`//! durable term, trem\n${term}`)).toEqual(["durable: nothing defines trem"]);
    expect(refused(`//! durable crash\n${term}`)).toEqual(["durable: nothing defines crash"]);
    expect(refused(`//! durable later\n//! maybe later("a")@1\n${term}`)).toEqual([]);
  });
});

describe('"*configuration* … always durable"', () => {
  test('"defined by facts (those of `maybe` and `one-of` included), and by nothing else but its own plain persistence rule"', () => {
    const program = collect([
      parse(`
        //! maybe m("a")@1
        //! one-of o("a")@1 | o("b")@1
        p("a", 1)@1; p(N, K)@next :- p(N, K);
        once("a")@1;
        m(N)@next :- m(N); o(N)@next :- o(N);
        late("a")@99; late(X)@next :- late(X);
        d("a", 1)@1; d(N, K)@next :- d(N, K); d(N, K) :- p(N, K);
        w("a", 1)@1; w(N, K)@next :- w(N, K); w(N, K)@async :- p(N, K);
        c("a", 1)@1; c(N, K)@next :- c(N, K), notin d(N, K);
        s("a", "b")@1; s(M, N)@next :- s(N, M);
        v(N)@next :- v(N);`),
    ]);
    expect([...configuration(program)].sort()).toEqual(["late", "m", "o", "once", "p"]);
  });

  test("it survives a restart without a line", () => {
    const text = `peer("a", "b")@1; peer(N, M)@next :- peer(N, M);`;
    expect(held(text, "peer", restarted)).toBe("peer 1: a,b  peer 2: a,b  peer 4: a,b");
    expect(held(`//! maybe peer("a","c")@1\n${text}`, "peer", { ...restarted, inputs: [`peer("a","c")@1`] })).toBe(
      "peer 1: a,b a,c  peer 2: a,b a,c  peer 4: a,b a,c",
    );
  });

  test('"`//! forgets r` takes one out"', () => {
    const text = `//! forgets peer\npeer("a", "b")@1; peer(N, M)@next :- peer(N, M);`;
    expect(held(text, "peer", restarted)).toBe("peer 1: a,b  peer 2: a,b");
    expect(held(text, "peer", { eot: 4, schedule: "pause(a,3,4)" })).toBe("peer 1: a,b  peer 2: a,b  peer 4: a,b");
  });

  test('"an error where nothing defines it or it is durable as well"', () => {
    expect(refused(`//! forgets peers\n${term}`)).toEqual(["forgets: nothing defines peers"]);
    expect(refused(`//! forgets term\n//! durable term\n${term}`)).toEqual(["forgets: term is durable as well"]);
    expect(refused(`//! forgets term\n${term}`)).toEqual([]);
  });
});
