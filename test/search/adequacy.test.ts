import { describe, expect, test } from "vitest";
import type { CheckOptions } from "../../src/search/check.js";
import type { AdequacyWarning } from "../../src/search/verdict.js";
import { settingOf, verdictOn } from "./deciding.js";

/** The warnings of a verdict that holds, in a few words each. */
function warnings(text: string, options: CheckOptions): readonly string[] {
  const verdict = verdictOn(text, options);
  if (verdict.kind !== "holds") throw new Error(`expected holds, got ${verdict.kind}`);
  const name = (id: number | undefined): string =>
    id === undefined ? "all" : (settingOf(text, options).program.relations[id]?.name ?? "?");
  const inWords = (w: AdequacyWarning): string => {
    switch (w.kind) {
      case "vacuous":
      case "vacuous-under-faults":
      case "out-of-reach":
        return `${w.kind} ${name(w.relation)}`;
      case "unsettled":
        return `${w.kind} ${w.relations.map(name).join()} until ${w.settledAt}`;
      case "nothing-to-lose":
        return w.kind;
      case "kind-without-effect":
        return `${w.kind} ${w.faults.join()}`;
      case "rule-never-fires":
        return `${w.kind} ${w.rules.join()}`;
      case "message-to-non-node":
        return `${w.kind} ${w.rule} ${w.end} ${w.place}`;
      case "not-reached":
        return `${w.kind} ${w.reach.text}`;
      case "relation-never-filled":
        return `${w.kind} ${w.relations.map(name).join()}`;
    }
  };
  return verdict.warnings.map(inWords);
}

const echo = `
  n("a")@1; n("b")@1; n(N)@next :- n(N);
  m("b")@async :- n(F), F == "a"; m(N)@next :- m(N);`;

describe("a protocol that holds is warned about", () => {
  test("not at all if there is nothing to warn about", () => {
    expect(warnings(`${echo} pre(N) :- n(N), N == "b"; post(N) :- n(N);`, { eot: 4, eff: 3, crashes: 1 })).toEqual([]);
  });

  test("when `pre` is empty without faults", () => {
    expect(warnings(`${echo} pre(N) :- m(N), N == "z"; post(N) :- m(N);`, { eot: 4, eff: 3 })).toContain("vacuous pre");
    expect(warnings(`n("a")@1; m("b")@async :- n(F), F == "x"; m(N)@next :- m(N);`, { eot: 4, eff: 3 })).toContain(
      "vacuous m",
    );
  });

  const unanswered = `o("a")@1; m("b")@async :- o(F); m(N)@next :- m(N); n("b")@1; n(N)@next :- n(N);
    pre(N) :- n(N), notin m(N); post(N) :- n(N);`;

  test("but not when `pre` holds something under faults alone", () => {
    expect(warnings(unanswered, { eot: 4, eff: 3 })).toEqual([]);
    expect(warnings(unanswered, { eot: 4, eff: 1 })).toEqual(["vacuous pre", "nothing-to-lose"]);
    const crashed = `${echo} pre(N) :- n(N), crash(N, _, _); post(N) :- n(N);`;
    expect(warnings(crashed, { eot: 4, eff: 3, crashes: 1 })).toEqual([]);
    expect(warnings(crashed, { eot: 4, eff: 3 })).toEqual(["vacuous pre", "rule-never-fires 3"]);
  });

  test("nor when it takes an input; outcomes to be kept are those of all inputs", () => {
    const open = `//! maybe ask("a")@1\n//! maybe no("a")@1\nn("a")@1; n(N)@next :- n(N); said(N)@next :- ask(N); said(N)@next :- said(N);`;
    expect(warnings(`${open} pre(N) :- said(N); post(N) :- n(N);`, { eot: 3, eff: 2 })).toEqual(["nothing-to-lose"]);
    expect(warnings(`${open} post(N) :- said(N);`, { eot: 3, eff: 2 })).toEqual(["nothing-to-lose"]);
    expect(warnings(`${open} post(N) :- said(N), N == "b";`, { eot: 3, eff: 2 })).toContain("vacuous post");
  });

  test.each(["exhaustive", "alternate"] as const)("alike by the strategy %s", (strategy) => {
    expect(warnings(unanswered, { eot: 4, eff: 1, strategy })).toEqual(["vacuous pre"]);
    expect(warnings(`${echo} pre(N) :- n(N), N == "b"; post(N) :- n(N);`, { eot: 4, eff: 3, strategy })).toEqual([]);
  });

  test("not by `exhaustive` when only faults fill `pre`", () => {
    expect(warnings(unanswered, { eot: 4, eff: 3, strategy: "exhaustive" })).toEqual([]);
  });

  const fragile = `n("a")@1; n("b")@1; m("b")@async :- n(F), F == "a"; m("a")@async :- n(F), F == "b"; k(N)@next :- m(N); k(N)@next :- k(N);
    pre(N) :- k(N), k(M), N != M; post(N) :- k(N);`;

  test("when any fault empties `pre`", () => {
    expect(warnings(fragile, { eot: 4, eff: 2, nodes: ["a", "b"] })).toEqual(["vacuous-under-faults pre"]);
  });

  test("but not so when a fault leaves it: a crash after the last message", () => {
    expect(warnings(fragile, { eot: 4, eff: 2, crashes: 1, nodes: ["a", "b"] })).toEqual([]);
  });

  test("nor when only the crash of a node late in the order leaves it", () => {
    // `crash` itself empties pre for a and b at any time; c's message is needed, so only its first instants matter.
    const text = `n("a")@1; n("b")@1; n("c")@1; n(N)@next :- n(N); m("a")@async :- n(F), F == "c", s(F); s("c")@1; k(N)@next :- m(N); k(N)@next :- k(N);
      pre(N) :- k(N), notin crash(N, "a", _), notin crash(N, "b", _); post(N) :- k(N);`;
    expect(warnings(text, { eot: 4, eff: 0, crashes: 1 })).toEqual([]);
  });

  test("when the outcome still changes at EOT and settles later", () => {
    const text = `${echo} k(N)@next :- m(N); k(N)@next :- k(N); pre(N) :- n(N); post(N) :- n(N); post(N) :- k(N);`;
    expect(warnings(text, { eot: 2, eff: 1, crashes: 1 })).toEqual([
      "unsettled m until 3",
      "rule-never-fires 2,3,4,7",
      "relation-never-filled k",
    ]);
    expect(warnings(text, { eot: 3, eff: 1, crashes: 1 })).toEqual(["unsettled k until 4", "rule-never-fires 4"]);
    expect(warnings(text, { eot: 4, eff: 1, crashes: 1 })).toEqual([]);
  });

  test("but not when to see that would take a long run: the verdict does not wait for a warning", () => {
    // Counts to 20 and stops; each instant, the first rule of `busy` joins every four of the numbers so far.
    const counting = (
      busy: string,
    ): string => `n("a", 0)@1; n(L, X + 1)@next :- n(L, X), X < 20; k(L, X)@next :- n(L, X); k(L, X)@next :- k(L, X);
      ${busy} post(L, X) :- k(L, X); pre(L, 0) :- k(L, 0);`;
    expect(warnings(counting(""), { eot: 6, eff: 1 })).toContain("unsettled n,k,post until 23");
    const join = 'same(L, "x") :- k(L, X), k(L, Y), k(L, Z), k(L, W), X + Y + Z + W >= 0; same("a", "x")@1;';
    expect(warnings(counting(join), { eot: 6, eff: 1 })).toEqual(["nothing-to-lose"]);
  });

  test("but not if it never settles, as with a clock", () => {
    const text = `${echo} c("a", 0)@1; c(N, X + 1)@next :- c(N, X); pre(N) :- n(N); post(N) :- n(N); post(N) :- c(N, 99);`;
    expect(warnings(text, { eot: 4, eff: 1, crashes: 1 })).toEqual(["rule-never-fires 6"]);
  });

  test("when no fault of the budget touches it", () => {
    expect(
      warnings(`n("a")@1; n("b")@1; n(N)@next :- n(N); pre(N) :- n(N); post(N) :- n(N);`, { eot: 3, eff: 3 }),
    ).toEqual(["nothing-to-lose"]);
    expect(
      warnings(`n("a")@1; n("b")@1; n(N)@next :- n(N); pre(N) :- n(N); post(N) :- n(N);`, {
        eot: 3,
        eff: 3,
        crashes: 1,
      }),
    ).toEqual(["nothing-to-lose"]);
  });

  test("but not when a crash is heard of, though no message is sent", () => {
    const text = `n("a")@1; n("b")@1; n(N)@next :- n(N); pre(N) :- n(N); post(N) :- n(N); post(N) :- crash(N, "b", _);`;
    expect(warnings(text, { eot: 3, eff: 3, crashes: 1 })).toEqual([]);
    expect(warnings(text, { eot: 3, eff: 3 })).toEqual(["nothing-to-lose", "rule-never-fires 3"]);
  });

  test("when a rule fires under no schedule, and not when it fires under faults alone", () => {
    expect(
      warnings(
        `${echo} pre(N) :- n(N); post(N) :- n(N); lost(N) :- n(N), N == "b", notin m(N); odd(N) :- n(N), N == "z";`,
        { eot: 4, eff: 3 },
      ),
    ).toEqual(["rule-never-fires 6"]);
  });

  test("not of rules that wait for a restart, where none is asked for; where some are, of those that none makes fire", () => {
    const text = `${echo} k(N)@next :- restart(N), N == "a"; k(N)@next :- k(N); o(N) :- restart(N), N == "z"; pre(N) :- n(N); post(N) :- n(N); post(N) :- k(N), o(N);`;
    expect(warnings(text, { eot: 5, eff: 4 })).toEqual([]);
    expect(warnings(`${text} q(N) :- restart(N), n(N);`, { eot: 5, eff: 4, restarts: 1 })).toEqual([
      "kind-without-effect restart",
      "rule-never-fires 5,8",
    ]);
  });

  test("when a rule of `never` asks for what is possible under no schedule, and not when it only never fires", () => {
    const reaching = `${echo} never(N) :- m(N), n(N), N == "a";`;
    expect(warnings(reaching, { eot: 4, eff: 3 })).toEqual(["rule-never-fires 3"]);
    expect(warnings(`${echo} never(N) :- m(N), gone(N); gone("b")@9;`, { eot: 4, eff: 3 })).toEqual([
      "out-of-reach never",
      "rule-never-fires 3",
    ]);
    const excused = `${echo} never(N) :- crash(N, M, _), n(N), N != M, M == "a", m(N)@2, notin m(N)@2;`;
    expect(warnings(excused, { eot: 4, eff: 3, crashes: 1 })).toEqual(["rule-never-fires 3"]);
    expect(warnings(excused, { eot: 4, eff: 3 })).toEqual(["out-of-reach never", "rule-never-fires 3"]);
    // One rule that is within reach is enough.
    expect(warnings(`${reaching} never(N) :- gone(N); gone("b")@9;`, { eot: 4, eff: 3 })).toEqual([
      "rule-never-fires 3,4",
    ]);
  });

  test("when a message goes to or comes from a place that is not a node", () => {
    const text = `n("a")@1; n("b")@1; n(N)@next :- n(N); m("x")@async :- n(N); w("a")@async :- k(N); k("y") :- n(N); pre(N) :- n(N); post(N) :- n(N);`;
    expect(warnings(text, { eot: 3, eff: 2, nodes: ["a", "b"] })).toEqual([
      "nothing-to-lose",
      "message-to-non-node 1 to x",
      "message-to-non-node 2 from y",
    ]);
  });
});
