import { describe, expect, test } from "vitest";
import { partsOf } from "../../src/hook/wire.js";
import type { ObservedCall } from "../../src/hunting/call.js";
import { Naming } from "../../src/services/naming.js";
import { renamed } from "../../src/services/renaming.js";
import { RunLog } from "../../src/services/run-log.js";

const base = "POST spare/left";

/** The log of a run in which calls with these bodies come at the same time. */
function logOf(...bodies: readonly object[]): RunLog {
  return logWith(true, bodies);
}

/** The log of a run in which calls with these bodies come, at the same time or one after the other. */
function logWith(together: boolean, bodies: readonly object[]): RunLog {
  const log = new RunLog("r1");
  bodies.forEach((_, i) => {
    const name = `${base}#${i + 1}`;
    const call = { run: "r1", id: `front › ${name}`, caller: "front", name, service: "spare", method: "POST" };
    log.receive({
      kind: "call-begin",
      ...call,
      route: "/left",
      at: i,
      concurrent: together && i > 0,
      alike: together && i > 0,
    });
  });
  bodies.forEach((body, i) => {
    const request = partsOf("/left", Buffer.from(JSON.stringify(body)), undefined);
    log.receive({
      kind: "call-end",
      run: "r1",
      id: `front › ${base}#${i + 1}`,
      request,
      answer: { status: 200, parts: {} },
    });
  });
  return log;
}

describe("calls that come at the same time under faults alone", () => {
  test("are told apart by what is the same in each run, in whatever order they come", () => {
    const naming = new Naming(new Set());
    const logs = [
      logOf({ i: 1, at: 5 }, { i: 2, at: 6 }),
      logOf({ i: 2, at: 7 }, { i: 1, at: 8 }),
      logOf({ i: 1, at: 9 }, { i: 2, at: 10 }),
    ];
    expect(naming.numbered(logs[0] ?? logOf())).toEqual([base]);
    expect(naming.learnApart(logs, [base])).toBe(true);
    expect([[...naming.byDigest], naming.varying.requests, [...naming.byArrival]]).toEqual([
      [base],
      { [base]: [".at"] },
      [],
    ]);
    expect(naming.numbered(logs[0] ?? logOf())).toEqual([]);
  });

  test.each([
    ["nothing is the same", [logOf({ i: 1 }, { i: 2 }), logOf({ i: 3 }, { i: 4 })]],
    ["they are alike in everything", [logOf({ i: 1 }, { i: 1 }), logOf({ i: 1 }, { i: 1 })]],
    [
      "there are more of them in one run than in another",
      [logOf({ i: 1 }, { i: 2 }), logOf({ i: 1 }, { i: 2 }, { i: 3 })],
    ],
    ["they carry too much", [logOf({ i: "x".repeat(70_000) }, { i: 2 }), logOf({ i: "x".repeat(70_000) }, { i: 2 })]],
  ])("are numbered as they come if %s", (_, logs) => {
    const naming = new Naming(new Set());
    expect(naming.learnApart(logs, [base])).toBe(false);
    expect([[...naming.byDigest], [...naming.byArrival]]).toEqual([[], [base]]);
  });

  test("are noticed by another order, though each had ended before the next began", () => {
    const naming = new Naming(new Set());
    const numbered = (...bodies: readonly object[]): readonly string[] => naming.numbered(logWith(false, bodies));
    expect(numbered({ i: 1, at: 5 }, { i: 2, at: 6 })).toEqual([]);
    expect(numbered({ i: 1, at: 7 }, { i: 2, at: 8 })).toEqual([]);
    // Of three calls this is the first run.
    expect(numbered({ i: 2, at: 9 }, { i: 1, at: 10 }, { i: 3, at: 11 })).toEqual([]);
    expect(numbered({ i: 2, at: 12 }, { i: 3, at: 13 })).toEqual([]);
    expect(numbered({ i: 2, at: 14 }, { i: 1, at: 15 })).toEqual([base]);
  });

  test("keep the names that an interrupted hunt gave them", () => {
    const naming = new Naming(new Set());
    naming.recall({ varying: { requests: {}, answers: {} }, byDigest: [], routes: [], alike: [] });
    const log = logOf({ i: 1 }, { i: 2 });
    expect(naming.numbered(log)).toEqual([]);
    naming.note(log);
    expect([...naming.byArrival]).toEqual([base]);
  });
});

test("a run gets the names that its calls would have had, with what they call and the faults at them", () => {
  const call = (id: string, service: string, request: string, injected?: string): ObservedCall => {
    const names = id.split(" › ");
    const at = { id, caller: names.slice(0, -1).join(" › "), name: names[names.length - 1] ?? "" };
    const [method = "", rest = ""] = at.name.split(" ");
    const route = rest.slice(service.length).replace(/(\[.*\])?#.*$/, "");
    const plain = { ...at, service, method, route, request, answers: ["200:"], outcome: "200:" };
    return injected === undefined ? plain : { ...plain, injected };
  };
  const root = { id: "front", service: "front", method: "GET", route: "/", request: "" };
  const run = {
    faults: [
      { kind: "call", call: "front › POST spare/left#2", fault: "refused" },
      { kind: "call", call: "front › POST spare/left#1 › GET db/x#all", fault: "duplicate" },
      { kind: "down", service: "stock" },
    ],
    observation: {
      ...{ root, answer: "200:", complete: true, good: true, outcome: "full" },
      calls: [
        // What it calls may be heard of first.
        call("front › POST spare/left#1 › GET db/x#1", "db", "cc", "duplicate"),
        call("front › POST spare/left#1", "spare", "bb"),
        call("front › POST spare/left#2", "spare", "aa", "refused"),
        call("front › POST spare/left#3", "spare", "bb"),
        call("front › POST spare/left#1~2 › GET db/x#2", "db", "cc"),
        call("front › POST other/left[dd]#1", "other", "dd"),
      ],
    },
  } as const;
  const [now] = renamed(run, new Set(["POST spare/left", "POST other/left"]));
  expect(now?.observation.calls.map(({ id, caller, name }) => [id, `${caller} › ${name}`])).toEqual(
    [
      "front › POST spare/left[bb]#1 › GET db/x#1",
      "front › POST spare/left[bb]#1",
      "front › POST spare/left[aa]#1",
      "front › POST spare/left[bb]#2",
      "front › POST spare/left[bb]#1~2 › GET db/x#2",
      "front › POST other/left[dd]#1",
    ].map((id) => [id, id]),
  );
  expect(now?.faults).toEqual([
    { kind: "down", service: "stock" },
    { kind: "call", call: "front › POST spare/left[bb]#1 › GET db/x#all", fault: "duplicate" },
    { kind: "call", call: "front › POST spare/left[aa]#1", fault: "refused" },
  ]);
  const absent = { ...run, faults: [{ kind: "call", call: "front › POST spare/left#4", fault: "refused" }] as const };
  expect(renamed(absent, new Set(["POST spare/left"]))).toEqual([]);
});
