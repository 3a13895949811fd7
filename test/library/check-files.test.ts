import { describe, expect, test } from "vitest";
import type { CheckFilesOptions } from "../../src/index.js";
import {
  breakTuple,
  check,
  checkFiles,
  expectationsIn,
  frontier,
  lint,
  load,
  memoryFiles,
  OptionError,
  passes,
  prepare,
  renderReport,
  renderVerdict,
  replay,
  replayFiles,
  reportMarkup,
  run,
  runFile,
  runTests,
  runWithProvenance,
  sweep,
  verdictDocument,
} from "../../src/index.js";

const reader = memoryFiles({
  "sub/main.ded":
    'include "../group.ded"; log(Y, M)@async :- log(X, M), member(X, Y); log("a", "m")@1; member("a", "b")@1;',
  "group.ded": "log(X, M)@next :- log(X, M); post(X) :- log(X, _);",
  "wrong.ded": 'log(X)@next :- log(X, M);\nlog("a", "m");',
  "zero.ded": 'n("a", 1)@1; half(X, 1 / (N - 1)) :- n(X, N); post(X) :- n(X, _);',
  "typo.ded": 'x("a")@1; m("b", "c")@async :- x("a"); pre(X) :- y(X); post(X) :- x(X);',
});

/** Options as JavaScript may give them. */
function unchecked(options: object): CheckFilesOptions {
  return options as CheckFilesOptions;
}

function messages(checked: ReturnType<typeof checkFiles>): readonly string[] {
  return checked.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
}

describe("checkFiles", () => {
  test("reads files with what they include, one by its name alone", () => {
    const checked = checkFiles("sub/main.ded", { reader, eot: 4, eff: 3 });
    expect(checked.kind === "verdict" && checked.verdict.kind).toBe("violated");
    expect(checked.kind === "verdict" && checked.program.files.map(({ path }) => path)).toEqual([
      "sub/main.ded",
      "sub/../group.ded",
    ]);
    expect(passes(checked)).toBe(false);
  });

  test("answers with the diagnostics of a program that is wrong", () => {
    const checked = checkFiles(["wrong.ded"], { reader });
    expect(checked.kind).toBe("refused");
    expect(checked.diagnostics.map(({ code, span }) => [code, span?.file.path])).toEqual([
      ["arity", "wrong.ded"],
      ["fact-without-time", "wrong.ded"],
    ]);
    expect(passes(checked)).toBe(false);
  });

  test("answers with the error of a program that fails in evaluation", () => {
    const checked = checkFiles("zero.ded", { reader });
    expect(checked.kind === "error" && checked.error.kind).toBe("division-by-zero");
    expect(messages(checked)).toEqual(['division by zero at instant 1, with X = "a", N = 1, without any fault']);
  });

  test("with strict, a verdict that promises nothing does not pass", () => {
    const lenient = checkFiles("typo.ded", { reader });
    const strict = checkFiles("typo.ded", { reader, strict: true });
    expect([passes(lenient), passes(strict)]).toEqual([true, false]);
    expect(strict.kind === "verdict" && strict.strict?.map(({ code }) => code)).toContain("vacuous");
    expect(lenient.diagnostics.map(({ code }) => code)).toEqual(["unread-relation", "unknown-relation"]);
  });

  test("a file that is missing, and no file at all, are refused", () => {
    expect(messages(checkFiles("no.ded", { reader }))).toEqual(["there is no file no.ded"]);
    expect(messages(checkFiles([], { reader }))).toEqual([
      "`paths` is an empty array, and has to be a string, or an array with at least one",
    ]);
  });
});

describe("replayFiles", () => {
  const lost = { kind: "omission", from: "a", to: "b", at: 1 } as const;
  const crash = { kind: "crash", node: "b", at: 3 } as const;

  test("a run that breaks the specification is a violated verdict, within the budget that its faults make", () => {
    const answer = replayFiles("sub/main.ded", [crash, lost], { reader, eot: 4 });
    if (answer.kind !== "verdict" || answer.verdict.kind !== "violated") throw new Error(answer.kind);
    const { counterexample, budget, smallest } = answer.verdict;
    expect(counterexample.schedule).toEqual([crash, lost]);
    expect(budget).toMatchObject({ eot: 4, omissions: 1, crashes: 1, delays: 0 });
    expect(smallest).toBe(false);
    expect(passes(answer)).toBe(false);
    expect(renderVerdict(answer)).toContain("Replay    ldfi run sub/main.ded --eot 4 --crash b,3 --omit a,b,1");
  });

  test("a run that keeps it survives, beside the run without faults", () => {
    const answer = replayFiles("sub/main.ded", [crash], { reader, eot: 4 });
    if (answer.kind !== "survives") throw new Error(answer.kind);
    expect([answer.run.schedule, answer.failureFree.schedule]).toEqual([[crash], []]);
    expect(renderReport(answer)).toContain("Survives");
  });

  test("the sides of a cut may come in any order", () => {
    const answer = replayFiles("sub/main.ded", [{ kind: "partition", a: ["b"], b: ["a"], at: 1, until: 1 }], {
      reader,
    });
    expect(answer.kind === "verdict" && answer.verdict.kind).toBe("violated");
    expect(renderVerdict(answer as never)).toContain("a|b");
  });

  test("faults that no run can have, and inputs that nobody offers, are refused in words", () => {
    const refusals = [
      replayFiles("sub/main.ded", [{ ...crash, node: "x" }], { reader }),
      replayFiles("sub/main.ded", [{ ...crash, at: 9 }], { reader, eot: 4 }),
      replayFiles("sub/main.ded", [], { reader, inputs: ["x(1)@1"] }),
      replayFiles("sub/main.ded", "crash(b,3)" as never, { reader }),
      replayFiles("sub/main.ded", [], unchecked({ reader, crashes: 1 })),
    ];
    expect(refusals.map(({ kind, diagnostics }) => [kind, diagnostics[0]?.message])).toEqual([
      ["refused", "crash(x,3): x is not a node"],
      ["refused", "crash(b,9): instant 9 is after EOT"],
      ["refused", "input x(1)@1: no line of the program offers this input"],
      ["refused", '`faults` is "crash(b,3)", and has to be an array'],
      ["refused", "`replayFiles` has no option `crashes`"],
    ]);
  });

  test("a limit, and a program that fails in evaluation, are answers", () => {
    expect(replayFiles("sub/main.ded", [], { reader, interrupted: () => true }).kind).toBe("stopped");
    expect(replayFiles("zero.ded", [], { reader })).toMatchObject({
      kind: "error",
      error: { kind: "division-by-zero" },
    });
  });
});

describe("reports", () => {
  test("are one page of an answer, whatever it is", () => {
    const answers = [
      checkFiles("sub/main.ded", { reader, eot: 4, eff: 3 }),
      checkFiles("typo.ded", { reader }),
      checkFiles("wrong.ded", { reader }),
      checkFiles("zero.ded", { reader }),
    ];
    const pages = answers.map((answer) => renderReport(answer));
    expect(pages.map((page) => page.slice(0, 15))).toEqual(pages.map(() => "<!doctype html>"));
    expect(pages.map((page) => /<title>(.*?)<\/title>/.exec(page)?.[1])).toEqual([
      "violated: sub/main.ded",
      "holds: typo.ded",
      "error: wrong.ded",
      "error: zero.ded",
    ]);
  });

  test("as a part of a page: plain data", () => {
    const { html, model } = reportMarkup(checkFiles("sub/main.ded", { reader, eot: 4, eff: 3 }));
    expect(html).toContain("<svg");
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
  });
});

describe("a wrong option is named", () => {
  const cases: readonly (readonly [object, string])[] = [
    [{ strategy: "foo" }, '`strategy` is "foo", and has to be "lineage", "exhaustive", "random" or "alternate"'],
    [{ eot: "6" }, '`eot` is "6", and has to be an integer of at least 1'],
    [{ eot: 0 }, "`eot` is 0, and has to be an integer of at least 1"],
    [{ eff: 1.5 }, "`eff` is 1.5, and has to be an integer of at least 0"],
    [{ crashes: Number.POSITIVE_INFINITY }, "`crashes` is Infinity, and has to be an integer of at least 0"],
    [{ delays: -1 }, "`delays` is -1, and has to be an integer of at least 0, or Infinity"],
    [{ nodes: "a,b" }, '`nodes` is "a,b", and has to be an array of strings'],
    [{ spare: ["a", 1] }, "`spare` is an array, and has to be an array of strings"],
    [{ pre: 1 }, "`pre` is 1, and has to be a string"],
    [{ seed: null }, "`seed` is null, and has to be an integer"],
    [{ timeout: Number.NaN }, "`timeout` is NaN, and has to be a number of at least 0"],
    [{ maxRuns: 1n }, "`maxRuns` is the bigint 1, and has to be an integer of at least 1"],
    [{ maxTuples: {} }, "`maxTuples` is an object, and has to be an integer of at least 1"],
    [{ all: "yes" }, '`all` is "yes", and has to be true or false'],
    [{ interrupted: true }, "`interrupted` is true, and has to be a function"],
    [{ includeDirs: "." }, '`includeDirs` is ".", and has to be an array of strings'],
    [{ reader: "disk" }, '`reader` is "disk", and has to be a file reader, with `read`, `resolve`, `folder`, `join`'],
    [{ strict: 1 }, "`strict` is 1, and has to be true or false"],
    [{ crash: 1 }, "`checkFiles` has no option `crash`"],
    [{ constructor: 1 }, "`checkFiles` has no option `constructor`"],
  ];

  test.each(cases)("%o", (options, message) => {
    expect(messages(checkFiles("sub/main.ded", unchecked({ reader, ...options })))).toEqual([message]);
  });

  test("with what was most likely meant", () => {
    const helpOf = (options: object): string | undefined =>
      checkFiles("sub/main.ded", unchecked({ reader, ...options })).diagnostics[0]?.help;
    expect(helpOf({ crash: 1 })).toBe("did you mean `crashes`?");
    expect(helpOf({ maxrun: 1 })).toBe("did you mean `maxRuns`?");
    expect(helpOf({ nonsense: 1 })).toMatch(/^the options are /);
  });

  test("several at once; and what is undefined is left out", () => {
    const wrong = checkFiles("sub/main.ded", unchecked({ reader, eot: "x", all: 1 }));
    expect(wrong.diagnostics).toHaveLength(2);
    expect(checkFiles("sub/main.ded", { reader, eot: undefined, strategy: undefined }).kind).toBe("verdict");
  });

  test("options that are not an object", () => {
    expect(messages(checkFiles("p.ded", unchecked(["eot"])))).toEqual([
      "`options` is an array, and has to be an object",
    ]);
  });

  test("by the other functions with an OptionError, which names it", () => {
    const { program } = load(["sub/main.ded"], reader);
    if (program === undefined) throw new Error("refused");
    const { setting } = prepare(program, { eot: 4, eff: 3 });
    if (setting === undefined) throw new Error("refused");
    const wrong = unchecked({ strategy: "foo" }) as never;
    const tuple = { relation: setting.program.rules[0]?.head.relation, instant: 4, args: ["b", "m"] } as never;
    const calls: Readonly<Record<string, () => unknown>> = {
      check: () => check(setting, wrong),
      sweep: () => sweep(program, wrong),
      frontier: () => frontier(program, wrong),
      breakTuple: () => breakTuple(setting, tuple, false, wrong),
      replay: () => replay(setting, [], wrong),
      run: () => run(program, { nodes: ["a"], eot: 3, schedule: [], ...(wrong as object) } as never),
      runWithProvenance: () =>
        runWithProvenance(program, { nodes: ["a"], eot: 3, schedule: [], ...(wrong as object) } as never),
      load: () => load(["sub/main.ded"], reader, wrong),
      lint: () => lint(program, wrong),
      runFile: () => runFile({ path: "p.ded", cases: [], diagnostics: [] }, { reader, ...(wrong as object) } as never),
      runTests: () => runTests([], wrong),
      renderVerdict: () => renderVerdict(checkFiles("no.ded", { reader }), wrong),
    };
    for (const [name, call] of Object.entries(calls)) {
      let thrown: unknown;
      try {
        call();
      } catch (error) {
        thrown = error;
      }
      expect([name, thrown instanceof OptionError && [thrown.option, thrown.message.startsWith(`${name}: `)]]).toEqual([
        name,
        ["strategy", true],
      ]);
    }
  });

  test("an argument of another kind is named too", () => {
    expect(() => check("sub/main.ded" as never)).toThrow(
      'check: `setting` is "sub/main.ded", and has to be a setting made by `prepare`, with `program`, `budget`, `specification`',
    );
    expect(() => load("sub/main.ded" as never, reader)).toThrow("load: `paths` is");
    expect(() => sweep({} as never)).toThrow("sweep: `program` is an object, and has to be a program made by `load`");
  });

  test("a budget that differs from that of the setting is not passed over", () => {
    const { program } = load(["sub/main.ded"], reader);
    const { setting } = program === undefined ? {} : prepare(program, { eot: 4, eff: 3 });
    if (setting === undefined) throw new Error("refused");
    const optionOf = (options: object): string => {
      try {
        check(setting, options);
        return "none";
      } catch (error) {
        if (error instanceof OptionError) return error.option;
        throw error;
      }
    };
    expect(optionOf({ crashes: 1 })).toBe("crashes");
    expect(optionOf({ eot: 5 })).toBe("eot");
    expect(optionOf({ nodes: ["a"] })).toBe("nodes");
    expect(optionOf({ post: "other" })).toBe("post");
    expect(optionOf({ eot: 4, eff: 3, crashes: 0, nodes: ["b", "a"], post: "post" })).toBe("none");
  });
});

describe("plain data", () => {
  test.each([
    ["a violation", () => checkFiles("sub/main.ded", { reader, eot: 4, eff: 3, all: true })],
    ["what holds, strictly", () => checkFiles("typo.ded", { reader, strict: true })],
    ["a limit", () => checkFiles("sub/main.ded", { reader, maxRuns: 1, strategy: "exhaustive" })],
    ["an error", () => checkFiles("zero.ded", { reader })],
    ["a refusal", () => checkFiles("wrong.ded", { reader })],
  ])("the document of %s survives JSON", (_what, answer) => {
    const document = verdictDocument(answer());
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
    expect(structuredClone(document)).toEqual(document);
  });

  test("so do the results of expectations", () => {
    const file = {
      "t.ded": `//! check expect=holds\n//! check eot=4 expect=violated\nlog("a")@1; m("b")@async :- log("a"); post(X) :- m(X);`,
    };
    const files = memoryFiles(file);
    const results = [...runFile(expectationsIn("t.ded", files), { reader: files })];
    expect(results).toHaveLength(2);
    expect(JSON.parse(JSON.stringify(results))).toEqual(results);
  });
});

describe("the text of an answer", () => {
  test("is what the command prints; of a refusal, its diagnostics", () => {
    const text = renderVerdict(checkFiles("sub/main.ded", { reader, eot: 4, eff: 3 }));
    expect(text.split("\n")[0]).toBe("VIOLATED  with 1 fault, and no schedule with fewer does");
    expect(text).toContain("Replay    ldfi run sub/main.ded --eot 4 --omit a,b,1");
    expect(renderVerdict(checkFiles("no.ded", { reader })).split("\n")[0]).toBe(
      "error[file-missing]: there is no file no.ded",
    );
  });

  test("has colours, ASCII and details where they are asked for", () => {
    const checked = checkFiles("sub/main.ded", { reader, eot: 4, eff: 3 });
    expect(renderVerdict(checked, { colour: true })).toContain("\u001b[");
    expect(renderVerdict(checked, { unicode: false })).toMatch(/^[\0-\x7f]*$/);
    expect(renderVerdict(checked, { verbose: true }).length).toBeGreaterThan(renderVerdict(checked).length);
  });
});
