import { describe, expect, it, test } from "vitest";
import { absenceDiagnostics } from "../../src/program/absences.js";
import { forgottenWitnesses, restartMemory } from "../../src/program/forgetting.js";
import { memoryOf } from "../../src/program/memory.js";
import type { Program } from "../../src/program/program.js";
import type { SpecificationOptions } from "../../src/program/specification.js";
import { resolveSpecification, rolesOf } from "../../src/program/specification.js";
import { decided, settingOf } from "../search/deciding.js";
import { programOf } from "./programs.js";

function checked(text: string, options: SpecificationOptions = {}) {
  const program = programOf(text);
  const { specification } = resolveSpecification(program, options);
  if (specification === undefined) throw new Error("nothing to check");
  return { program, specification, memory: memoryOf(program, rolesOf(specification)) };
}

function names(program: Program, ids: readonly number[]): readonly string[] {
  return ids.map((id) => program.relations[id]?.name ?? "?");
}

function witnesses(text: string): readonly string[] {
  const { program, specification, memory } = checked(text);
  return names(program, forgottenWitnesses(program, specification, memory));
}

function codes(text: string, restarts = true, pauses = false): readonly string[] {
  const { program, specification } = checked(text);
  return absenceDiagnostics(program, specification, { restarts, pauses }).map(({ code }) => code);
}

const protocol = `
node("a")@1; node("b")@1; node(N)@next :- node(N);
term("a", 1)@1; term(N, T)@next :- term(N, T), notin newer(N);
newer(N) :- vote(N, _);
vote(M, T)@async :- term(N, T), node(M);
seen(N, T)@next :- vote(N, T);
seen(N, T)@next :- seen(N, T);
`;

describe("what a restart keeps, of what is carried", () => {
  it("is what `//! durable` names, and configuration that `//! forgets` does not", () => {
    const kept = (lines: string) => {
      const { program, memory } = checked(`${protocol}never(N) :- seen(N, 2);\nnever(N)@next :- never(N);\n${lines}`);
      const { durable, configuration, forgotten } = restartMemory(program, memory);
      return [durable, configuration, forgotten].map((ids) => names(program, ids).join());
    };
    expect(kept("")).toEqual(["", "node", "term,seen"]);
    expect(kept("//! durable term, node")).toEqual(["node,term", "", "seen"]);
    expect(kept("//! forgets node\n//! observer seen")).toEqual(["", "", "node,term"]);
  });
});

describe("a witness that a restart forgets", () => {
  const led = "led(N, T) :- term(N, T);\nled(N, T)@next :- led(N, T);\n";

  it.each([
    ["read positively under `never`", `${protocol}${led}never(T) :- led(N, T), led(M, T), N != M;`, ["led"]],
    ["read by way of a deductive rule", `${protocol}${led}two(T) :- led(_, T), T > 1; never(T) :- two(T);`, ["led"]],
    ["read positively under `pre`", `${protocol}${led}pre(N, T) :- led(N, T); post(N, T) :- seen(N, T);`, ["led"]],
    ["read negatively under `post`", `${protocol}${led}post(N) :- node(N), notin led(N, 2);`, ["led"]],
    [
      "read negatively twice under `never`",
      `${protocol}${led}calm(N) :- node(N), notin led(N, _); never(N) :- seen(N, _), notin calm(N);`,
      ["seen", "led"],
    ],
    ["not what it is made of", `${protocol}${led}bad(T)@next :- led(_, T); never(T) :- bad(T);`, ["bad"]],
    ["aggregated under `post`", `${protocol}${led}most(max<N>) :- led(N, _); post(N) :- most(N);`, ["led"]],
  ])("%s", (_, text, expected) => {
    expect([...witnesses(text)].sort()).toEqual([...expected].sort());
  });

  it.each([
    ["read positively under `post`", `${protocol}${led}pre(N) :- node(N); post(N) :- led(N, _);`],
    ["read negatively under `never`", `${protocol}${led}never(N) :- node(N), notin led(N, 1);`],
    ["durable", `${protocol}${led}//! durable led\nnever(T) :- led(_, T);`],
    ["the observer's", `${protocol}${led}//! observer led\nnever(T) :- led(_, T);`],
    ["configuration", `${protocol}never(N) :- node(N), node("c");`],
    ["not carried", `${protocol}last(N, T) :- vote(N, T); never(T) :- last(_, T);`],
    ["read by what is recorded", `${protocol}${led}//! observer led\nnever(N) :- led(N, T), T > 9;`],
  ])("is none that is %s", (_, text) => {
    expect(witnesses(text)).toEqual([]);
  });

  /** `a` writes, and restarts; what it wrote is no promise any more, unless somebody else remembers. */
  const written = `
write("a", "x")@2;
peer("a", "b")@1; peer(N, M)@next :- peer(N, M);
written(N, X) :- write(N, X);
written(N, X)@next :- written(N, X);
copy(M, X)@async :- written(N, X), peer(N, M);
kept(N, X) :- write(N, X);
kept(N, X)@next :- kept(N, X);
pre(X) :- written(_, X);
post(X) :- kept(_, X);
`;
  const options = { eot: 5, eff: 4, omissions: 0, restarts: 1 };

  it("makes a program hold that its observer sees violated", () => {
    const watched = written
      .replaceAll("written(", "history(")
      .replace("copy(M, X)@async :- history(N, X)", "copy(M, X)@async :- kept(N, X)");
    expect(decided(watched, options)).toBe("holds");
    expect(decided(`${watched}//! observer history`, options)).toBe("violated restart(a,3,4)");
    expect(witnesses(watched)).toEqual(["history"]);
    expect(witnesses(`${watched}//! observer history`)).toEqual([]);
  });

  it("is not an observer relation if messages depend on it", () => {
    expect(() => programOf(`${written}//! observer written`)).toThrow("message-of-observer");
  });
});

describe("where nodes can restart, a warning says", () => {
  const durable = "//! durable term, seen\n";

  test("that no line says what is durable, unless nothing is forgotten", () => {
    expect(codes(`${protocol}post(N) :- seen(N, _);`)).toEqual(["nothing-durable"]);
    expect(codes(`${protocol}${durable}post(N) :- seen(N, _);`)).toEqual([]);
    expect(codes(`node("a")@1; node(N)@next :- node(N); post(N) :- node(N);`)).toEqual([]);
    const { program, specification } = checked(`${protocol}post(N) :- seen(N, _);`);
    const [warning] = absenceDiagnostics(program, specification, { restarts: true, pauses: false });
    expect(warning).toMatchObject({
      message:
        "no `//! durable` line says what survives a restart: a node that restarts forgets everything but the configuration `node`",
      help: "name what a node writes to disk, as in `//! durable term`",
    });
  });

  test("that only forgotten relations are checked, if there is no specification", () => {
    expect(codes(`${protocol}${durable}`)).toEqual(["restarts-without-specification"]);
  });

  test("that the program has a `restart` of its own", () => {
    expect(codes(`${protocol}${durable}post(N) :- seen(N, _), restart(N, _);`)).toEqual(["own-restart"]);
  });

  test("that a witness is forgotten, naming every such relation", () => {
    const { program, specification } = checked(`${protocol}never(N) :- seen(N, T), term(N, T), T > 5;`);
    const found = absenceDiagnostics(program, specification, { restarts: true, pauses: false });
    expect(found.map(({ code }) => code)).toEqual(["nothing-durable", "witness-forgotten"]);
    expect(found[1]?.message).toBe("a restart forgets `term` and `seen`, and with them the evidence of a violation");
  });

  test("nothing where they can only pause, or not at all", () => {
    expect(codes(`${protocol}never(N) :- seen(N, _);`, false, true)).toEqual([]);
    expect(codes(protocol, false, false)).toEqual([]);
  });
});

describe("a message that comes of the specification", () => {
  const text = `${protocol}//! durable term, seen\npost(N) :- seen(N, _); m(N)@async :- post(N); got(N) :- m(N);`;

  it("is an error where nodes can restart or pause, and none where they can not", () => {
    expect(codes(text)).toEqual(["message-of-observer"]);
    expect(codes(text, false, true)).toEqual(["message-of-observer"]);
    expect(codes(text, false, false)).toEqual([]);
    expect(() => settingOf(text, { eot: 4, pauses: 1 })).toThrow("a message cannot depend on `post`");
    expect(settingOf(text, { eot: 4 }).budget.pauses).toBe(0);
  });
});
