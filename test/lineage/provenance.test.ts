import { describe, expect, test } from "vitest";
import type { Fault } from "../../src/faults/kinds.js";
import { schedule } from "../../src/faults/schedule.js";
import { runWithProvenance } from "../../src/lineage/provenance.js";
import type { Program, Value } from "../../src/program/program.js";
import { programOf } from "../program/programs.js";

/** The derivations of a tuple of a run on the nodes a and b up to 7: kind, or rule with the instants of its body, of its head and of arrivals. */
function derivations(program: Program, faults: readonly Fault[], name: string, at: number, ...args: Value[]): string[] {
  const result = runWithProvenance(program, { nodes: ["a", "b"], eot: 7, schedule: schedule(faults) });
  const relation = program.relationByName.get(name);
  if (result.kind !== "run" || relation === undefined) throw new Error(`no ${name}`);
  return result.provenance.derivationsOf({ relation, instant: at, args }).map((d) => {
    if (d.kind === "built-in") return `built-in ${d.relation}`;
    if (d.kind === "fact") return d.kind;
    const arrivals = d.message === undefined ? "" : `, arriving at ${d.message.arrivals.join(" and ")}`;
    return `rule ${d.rule} at ${d.instant}, due at ${d.due.join(" and ")}${arrivals}`;
  });
}

const restart: Fault = { kind: "restart", node: "b", at: 3, until: 5 };
const pause: Fault = { kind: "pause", node: "b", at: 3, until: 5 };

describe("where a tuple comes from", () => {
  const log = `//! durable log
say("a", "b")@1;
say(X, Y)@next :- say(X, Y);
log(Y, X)@async :- say(X, Y), notin later(X);
log(X, Y)@next :- log(X, Y);
later("a")@2;
later(X)@next :- later(X);`;

  test("a durable tuple is carried over a restart from the last instant before it", () => {
    const program = programOf(log);
    expect(derivations(program, [restart], "log", 2, "b", "a")).toEqual(["rule 1 at 1, due at 2, arriving at 2"]);
    expect(derivations(program, [restart], "log", 3, "b", "a")).toEqual([]);
    expect(derivations(program, [restart], "log", 5, "b", "a")).toEqual(["rule 2 at 2, due at 3"]);
    expect(derivations(program, [restart], "log", 6, "b", "a")).toEqual(["rule 2 at 5, due at 6"]);
  });

  const forgetful = `say("a", "b")@1;
log(Y, X)@async :- say(X, Y);
log(X, Y)@next :- log(X, Y);`;

  test("what a pause keeps waits for the node, messages included", () => {
    const program = programOf(forgetful);
    const arriving: Fault = { kind: "pause", node: "b", at: 2, until: 5 };
    expect(derivations(program, [pause], "log", 5, "b", "a")).toEqual(["rule 1 at 2, due at 3"]);
    expect(derivations(program, [arriving], "log", 5, "b", "a")).toEqual(["rule 0 at 1, due at 2, arriving at 2"]);
  });

  test("a message that comes late, and one that comes again", () => {
    const program = programOf(forgetful);
    const late: Fault = { kind: "delay", from: "a", to: "b", at: 1, arrives: 4 };
    const again: Fault = { kind: "duplicate", from: "a", to: "b", at: 1, arrives: 4 };
    expect(derivations(program, [late], "log", 4, "b", "a")).toEqual(["rule 0 at 1, due at 4, arriving at 4"]);
    expect(derivations(program, [again], "log", 4, "b", "a")).toEqual([
      "rule 0 at 1, due at 4, arriving at 2 and 4",
      "rule 1 at 3, due at 4",
    ]);
    expect(derivations(program, [again, pause], "log", 5, "b", "a")).toEqual([
      "rule 0 at 1, due at 4, arriving at 2 and 4",
      "rule 1 at 2, due at 3",
    ]);
  });

  test("a message that arrives twice while its receiver is paused is one derivation", () => {
    const twice: Fault = { kind: "duplicate", from: "a", to: "b", at: 2, arrives: 4 };
    const program = programOf('say("a", "b")@2; log(Y, X)@async :- say(X, Y);');
    expect(derivations(program, [twice, pause], "log", 5, "b", "a")).toEqual([
      "rule 0 at 2, due at 3 and 4, arriving at 3 and 4",
    ]);
  });

  test("the built-in relation holds a restart", () => {
    const program = programOf("back(N) :- restart(N);");
    expect(derivations(program, [restart], "restart", 5, "b")).toEqual(["built-in restart"]);
    expect(derivations(program, [restart], "back", 5, "b")).toEqual(["rule 0 at 5, due at 5"]);
  });

  test("the inputs of a run are facts", () => {
    const program = programOf('//! one-of vote("a", "yes")@1 | vote("a", "no")@1\nvote(X, V)@next :- vote(X, V);');
    expect(derivations(program, [], "vote", 1, "a", "yes")).toEqual(["fact"]);
    expect(derivations(program, [], "vote", 1, "a", "no")).toEqual([]);
  });
});
