import { describe, expect, test } from "vitest";
import { loadProgram } from "../../src/program/load.js";
import type { Program } from "../../src/program/program.js";
import type { CheckReport } from "../../src/report/check-report.js";
import { checkDocument } from "../../src/report/json/check-document.js";
import type { CheckOptions } from "../../src/search/check.js";
import { check, prepare } from "../../src/search/check.js";
import { keptOf, verdictOf } from "../../src/search/kept-verdict.js";
import { textOfQuestion } from "../../src/search/question-text.js";
import type { Setting } from "../../src/search/search.js";
import type { Verdict } from "../../src/search/verdict.js";
import { diagnosticCodes, strictCodes } from "../../src/source/codes.js";
import { broadcast } from "../program/broadcasts.js";
import { memoryFiles } from "../program/memory-files.js";

const program = (files: Readonly<Record<string, string>>): Program => {
  const loaded = loadProgram(Object.keys(files).slice(0, 1), memoryFiles(files)).program;
  if (loaded === undefined) throw new Error("refused");
  return loaded;
};

const settingOf = (text: string, options: CheckOptions): Setting => {
  const { setting, diagnostics } = prepare(program({ "p.ded": text }), options);
  if (setting === undefined) throw new Error(diagnostics.map((d) => d.message).join("; "));
  return setting;
};

const resent = `${broadcast}
sent(X, M)@next :- bcast(X, M); sent(X, M)@next :- sent(X, M);
log(Y, M)@async :- sent(X, M), to(X, Y)@1;
`;

const cases: readonly (readonly [name: string, text: string, options: CheckOptions])[] = [
  ["holds", resent, { eot: 5, eff: 2 }],
  ["violated", broadcast, { eot: 4, eff: 2, crashes: 1 }],
  ["every minimal counterexample", broadcast, { eot: 4, eff: 2, crashes: 1, all: true }],
  ["violated without faults", broadcast.replace("post(X, M) :- log", "post(X, M) :- lg"), { eot: 4 }],
  ["vacuous", broadcast.replace("bcast(X, M)@1,", "bcast(X, M)@3,"), { eot: 4, eff: 2 }],
  ["nothing to lose", broadcast, { eot: 4, eff: 1 }],
  ["kinds without effect", resent, { eot: 5, eff: 2, partitions: 1, pauses: 1 }],
  [
    "rules that never fire, relations that are never filled, messages to no node",
    `${resent}lost("a", "z")@1; idle(X)@next :- bcast(X, "n"); idle(X)@next :- idle(X); log("z", M)@async :- sent("a", M);`,
    { eot: 5, eff: 2, nodes: ["a", "b", "c"] },
  ],
  [
    "vacuous under faults",
    `n("a")@1; n("b")@1; m("b")@async :- n(F), F == "a"; m("a")@async :- n(F), F == "b"; k(N)@next :- m(N); k(N)@next :- k(N);
    pre(N) :- k(N), k(M), N != M; post(N) :- k(N);`,
    { eot: 4, eff: 2, nodes: ["a", "b"] },
  ],
  [
    "an outcome that is not settled",
    `n("a")@1; n("b")@1; n(N)@next :- n(N); m("a")@async :- n(F), F == "b"; k(N)@next :- m(N); k(N)@next :- k(N);
    pre(N) :- n(N); post(N) :- n(N); post(N) :- k(N);`,
    { eot: 2, eff: 1, crashes: 1 },
  ],
  ["never out of reach", `${resent}never(N) :- log(N, M), gone(N); gone("b")@9;`, { eot: 5, eff: 2 }],
  [
    "reach lines",
    `${resent}//! reach log("c", "m")\n//! reach log("a", "m") eot=3\n//! reach log(_, "m") crashes=1\n`,
    { eot: 5, eff: 2 },
  ],
  [
    "promises and inputs",
    `${broadcast}//! maybe to("a", "d")@1\n//! one-of bcast("b", "x")@1 | bcast("c", "x")@1\n//! promise early pre=pre post=post\n//! promise few never=two\ntwo(X) :- log(X, M), log(X, N), M != N;\nto("b", "c")@1; to("c", "b")@1; `,
    { eot: 4, eff: 2, all: true },
  ],
];

const documentOf = (verdict: Verdict, setting: Setting): object => {
  const report: CheckReport = { program: setting.program, files: ["p.ded"], verdict, diagnostics: [] };
  const envelope = { tool: { name: "ldfi", version: "0" }, command: "check" };
  const { cached: _cached, statistics: _statistics, ...document } = checkDocument(report, envelope);
  return document;
};

describe("a verdict that is kept", () => {
  const warned = new Set<string>();
  test.each(cases)("is the same when it is asked again: %s", (_name, text, options) => {
    const setting = settingOf(text, options);
    const result = check(setting, options);
    if (result.kind === "error") throw new Error(result.error.kind);
    const kept = keptOf(result.verdict, setting);
    // Lines that moved, in a program that is loaded again.
    const again = settingOf(`// moved\n${text.replace("log(Y, M)@async", "log(Y,M)  @async")}`, options);
    for (const { kind } of result.verdict.warnings) warned.add(kind);
    expect(textOfQuestion(again, options)).toBe(textOfQuestion(setting, options));
    const recalled = verdictOf(JSON.parse(JSON.stringify(kept)), again, options);
    expect(recalled?.cached).toBe(true);
    if (recalled === undefined) return;
    const places = (document: object): string =>
      JSON.stringify(document).replace(/"place":\{[^}]*\}|p\.ded:\d+|"(end)?(Line|[lc]olumn|line|Column)":\d+/g, "");
    expect(places(documentOf(recalled, again))).toBe(places(documentOf(result.verdict, setting)));
  });

  test("whatever is warned of", () => {
    const kinds = strictCodes.filter((code) => diagnosticCodes[code].origin === "adequacy");
    expect([...warned].sort()).toEqual([...kinds].sort());
  });

  test("is discarded if its runs contradict it, or if it is malformed", () => {
    const options: CheckOptions = { eot: 4, eff: 2, crashes: 1, all: true };
    const setting = settingOf(broadcast, options);
    const result = check(setting, options);
    if (result.kind === "error") throw new Error(result.error.kind);
    const kept = JSON.stringify(keptOf(result.verdict, setting));
    const again = (text: string, asked = options): unknown => verdictOf(JSON.parse(text), setting, asked);
    expect(again(kept)).toBeDefined();
    expect(again(kept.replaceAll('"at":1', '"at":3'))).toBeUndefined();
    expect(again(kept.replace('"to":"b"', '"to":"z"'))).toBeUndefined();
    expect(again(kept.replace('"omission"', '"emission"'))).toBeUndefined();
    expect(again(kept.replace('"violated"', '"holds"'))).toBeUndefined();
    expect(again(kept.replace('"lineage"', '"guess"'))).toBeUndefined();
    expect(again(kept, { ...options, all: false })).toBeUndefined();
    for (const text of [
      "null",
      "3",
      "[]",
      "{}",
      '{"kind":"holds"}',
      '{"kind":"holds","method":"lineage","warnings":[]}',
    ])
      expect(again(text)).toBeUndefined();
    // Within the budget, and harmless.
    const late =
      '{"kind":"violated","method":"lineage","warnings":[],"counterexample":{"inputs":[],"schedule":[{"kind":"omission","from":"a","to":"b","at":2}]}}';
    const longer = { eot: 4, eff: 3 };
    expect(verdictOf(JSON.parse(late.replace('"at":2', '"at":1')), settingOf(broadcast, longer), longer)).toBeDefined();
    expect(verdictOf(JSON.parse(late), settingOf(broadcast, longer), longer)).toBeUndefined();
    const held = '{"kind":"holds","method":"lineage","inputs":[],"reach":[],"warnings":[';
    const resending = settingOf(resent, options);
    const ofResending = (warnings: string): unknown => verdictOf(JSON.parse(`${held}${warnings}]}`), resending, {});
    expect(ofResending("")).toBeDefined();
    for (const warning of [
      '{"kind":"other"}',
      '{"kind":"out-of-reach","relation":99}',
      '{"kind":"rule-never-fires","rules":[99]}',
      "3",
    ])
      expect(ofResending(warning)).toBeUndefined();
  });

  test("is not kept if a limit affected it", () => {
    const limited = { eot: 5, eff: 3, strategy: "exhaustive", maxRuns: 2 } as const;
    const setting = settingOf(resent, limited);
    const result = check(setting, limited);
    if (result.kind === "error") throw new Error(result.error.kind);
    expect(result.verdict.kind).toBe("inconclusive");
    expect(keptOf(result.verdict, setting)).toBeUndefined();
    const found = { eot: 4, eff: 3, strategy: "random", seed: 1 } as const;
    const byChance = check(settingOf(broadcast, found), found);
    expect(
      byChance.kind === "verdict" && byChance.verdict.kind === "violated" && keptOf(byChance.verdict, setting),
    ).toBe(undefined);
  });
});

describe("the text of a question", () => {
  const options: CheckOptions = { eot: 5, eff: 3, nodes: ["a", "b", "c"] };
  const textOf = (text: string, more: CheckOptions = {}): string =>
    textOfQuestion(settingOf(text, { ...options, ...more }), { ...options, ...more });
  const usual = textOf(resent);

  test("does not change with comments, layout, names of files and places of statements", () => {
    expect(textOf(`/* a */ ${resent.replaceAll(":-", "\n  :-").replaceAll(", ", " , ")}// b`)).toBe(usual);
    const [first = "", ...others] = resent.split("\n\n");
    const split = program({ "x/main.ded": `${first}\ninclude "rest.ded";`, "x/rest.ded": others.join("\n") });
    const { setting } = prepare(split, options);
    expect(setting === undefined ? "" : textOfQuestion(setting, options)).toBe(usual);
    expect(usual).not.toContain("p.ded");
  });

  test("changes with anything that can change the answer", () => {
    const texts = [
      `${resent}to("a", "d")@1;`,
      `${resent}to("a", "d")@2;`,
      `${resent}other(X) :- log(X, M);`,
      resent.replace("log(X, M)@next", "log(X, M)"),
      resent.replace("sent(X, M), to(X, Y)@1", "sent(X, M), to(X, Y)@2"),
      `${resent}//! durable log\n`,
      `${resent}//! observer post\n`,
      `${resent}//! forgets to\n`,
      `${resent}//! maybe to("b", "c")@1\n`,
      `${resent}//! one-of to("b", "c")@1 | to("c", "b")@1\n`,
      `${resent}//! one-of to("b", "c")@1 | to("c", "a")@1\n`,
      `${resent}//! reach log("c", "m")\n`,
      `${resent}//! promise more pre=pre post=post\n`,
    ].map((text) => textOf(text));
    const asked = [
      { eot: 6 },
      { eff: 2 },
      { crashes: 1 },
      { omissions: 3 },
      { maxFaults: 3 },
      { delays: 1 },
      { delays: 1, lateness: 2 },
      { spare: ["c"] },
      { nodes: ["a", "b"] },
      { pre: "bcast" },
      { never: "sent" },
      { strategy: "exhaustive" as const },
      { seed: 2 },
      { all: true },
      { maxRuns: 3 },
      { maxTuples: 1000 },
    ].map((more) => textOf(resent, more));
    const all = [usual, ...texts, ...asked];
    expect(new Set(all).size).toBe(all.length);
  });
});
