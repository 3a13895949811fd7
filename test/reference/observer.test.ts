import { describe, expect, test } from "vitest";
import { parse } from "../properties/loading.js";
import { survey } from "./exhaustive.js";
import { memoryOf, refusals } from "./memory.js";
import { collect } from "./program.js";
import { showSchedule } from "./schedules.js";
import { held } from "./shown-model.js";
import { specificationOf } from "./specification.js";

const away = { eot: 5, schedule: "restart(a,2,4)" };
const up = `up("b")@1; up(N)@next :- up(N);`;

function observers(text: string, roles: readonly string[] = ["pre", "post", "never"]): readonly string[] {
  return [...memoryOf(collect([parse(text)]), roles).observer].filter((name) => !roles.includes(name)).sort();
}

describe('"No absence touches an observer\'s relation"', () => {
  test('"its tuples hold, and are carried, wherever they are located"', () => {
    const text = `${up} led("a", 0)@1; led("a", 2)@2; led(N, K)@next :- led(N, K); led("a", 3) :- up("b"), up("b")@3; led("a", 5)@next :- up("b"), up("b")@3;`;
    expect(held(`//! observer led\n${text}`, "led", away)).toBe(
      "led 1: a,0  led 2: a,0 a,2  led 3: a,0 a,2 a,3  led 4: a,0 a,2 a,3 a,5  led 5: a,0 a,2 a,3 a,5",
    );
    expect(held(text, "led", away)).toBe("led 1: a,0  led 4: a,3 a,5  led 5: a,3 a,5");
  });

  test('"`pre`, `post`, `never` … are the observer\'s"', () => {
    const text = `${up} never("a") :- up("b"), notin p("a"); p("a")@1; p(N)@next :- p(N); post("a")@3; pre("a")@next :- up("b"), up("b")@2;`;
    expect(held(text, "pre post never", away)).toBe("pre 3: a  pre 4: a  pre 5: a  post 3: a  never 2: a  never 3: a");
  });

  test('"(and the relations named in their place)": the names in force', () => {
    const program = collect([parse(`${up} wrong("a") :- up("b"); never("a") :- up("b");`)]);
    expect(memoryOf(program, specificationOf(program, "pre", "post", "wrong").roles).observer).toEqual(
      new Set(["pre", "post", "wrong"]),
    );
  });

  test("\"What reads an observer's relation is the observer's too\"", () => {
    const text = `//! observer led\nled("a")@1; old(N)@next :- led(N); older(N) :- p(N), notin old(N)@1; p("a")@1; q(N) :- p(N);`;
    expect(observers(text)).toEqual(["led", "old", "older"]);
  });

  test("an observer sees the protocol as it is: nothing at a node that is away", () => {
    const text = `//! observer seen\n${up} p("a")@1; p(N)@next :- p(N); seen("a") :- up("b"), p("a");`;
    expect(held(text, "seen", away)).toBe("seen 1: a  seen 4: a  seen 5: a");
  });
});

describe('"a message may not come of one"', () => {
  const refused = (text: string, absences = true): readonly string[] =>
    refusals(collect([parse(text)]), ["pre", "post", "never"], absences);
  const facts = `led("a")@1; p("a")@1;`;

  test('"a rule `@async` whose head or body has one is an error"', () => {
    expect(refused(`//! observer led\n${facts} m("b")@async :- led(N);`)).toEqual(["observer: a message of led"]);
    expect(refused(`//! observer led\n${facts} m("b")@async :- p(N), notin led(N);`)).toEqual([
      "observer: a message of led",
    ]);
    expect(refused(`//! observer led\n${facts} led("b")@async :- p(N);`)).toEqual(["observer: a message of led"]);
    expect(refused(`//! observer led\n${facts} old(N) :- led(N); m("b")@async :- old(N);`)).toEqual([
      "observer: a message of old",
    ]);
  });

  test('"always for names of an `//! observer` line and what reads them; for `pre`, `post`, `never` only where absences are asked for"', () => {
    const ofPost = `${facts} post(N) :- p(N); m("b")@async :- post(N);`;
    expect(refused(ofPost, true)).toEqual(["observer: a message of post"]);
    expect(refused(ofPost, false)).toEqual([]);
    expect(refused(`//! observer led\n${facts} m("b")@async :- led(N);`, false)).toEqual([
      "observer: a message of led",
    ]);
  });

  test('"of a name that nothing defines is an error"', () => {
    expect(refused(`//! observer lead\n${facts}`)).toEqual(["observer: nothing defines lead"]);
  });
});

test("history kept at a node that restarts is forgotten, and a `holds` would mean that the witness was erased", () => {
  // Each node votes once for each candidate that asks, and forgets that it did; two votes for different ones are a violation.
  const text = `
    ask("a", "x")@1; ask("a", "y")@4; vote(N, C) :- ask(N, C), notin voted(N); voted(N)@next :- vote(N, _); voted(N)@next :- voted(N);
    cast(N, C) :- vote(N, C); cast(N, C)@next :- cast(N, C);
    never(N) :- cast(N, C), cast(N, D), C != D;`;
  const violated = (source: string): readonly string[] => {
    const program = collect([parse(source)]);
    const found = survey(program, specificationOf(program), { nodes: ["a"], eot: 5, eff: 5, crashes: 0, restarts: 1 });
    return found.kind === "complete" ? found.minimal.map(showSchedule) : [];
  };
  expect(violated(text)).toEqual([]);
  expect(violated(`//! observer cast\n${text}`)).toEqual(["restart(a,2,3)", "restart(a,3,4)"]);
  expect(violated(`//! observer cast\n//! durable voted\n${text}`)).toEqual([]);
});
