import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { answer } from "../../playground/engine.js";
import type { Budget, Fault, Files, Reply, Request } from "../../playground/protocol.js";
import type { RelationId } from "../../src/index.js";
import { load, memoryFiles, run, schedule } from "../../src/index.js";
import { within } from "../../src/report/html/closure.js";
import type { Model } from "../../src/report/html/model.js";

const folder = "programs/delivery";
const texts = Object.fromEntries(
  readdirSync(folder).map((name) => [`${folder}/${name}`, readFileSync(`${folder}/${name}`, "utf8")]),
);
const files = (name: string, text?: string): Files => {
  const main = `${folder}/${name}.ded`;
  return { texts: text === undefined ? texts : { ...texts, [main]: text }, main, besides: [] };
};
const ask = (request: Request): Reply => answer(request, () => undefined);
const modelOf = (reply: Reply): Model | undefined => (reply.kind === "shown" ? (reply.model as Model) : undefined);
const attack = (name: string, budget: Budget, faults: readonly Fault[]): Reply =>
  ask({ kind: "attack", id: 1, files: files(name), budget, faults });

describe("what a worker of the playground answers", () => {
  test("an analysis: problems at their places, relations, expectations and files", () => {
    const reply = ask({ kind: "analyse", id: 7, files: files("simple") });
    if (reply.kind !== "analysed") throw new Error(reply.kind);
    expect([reply.id, reply.problems, reply.paths]).toEqual([
      7,
      [],
      ["simple", "group", "agreement"].map((name) => `${folder}/${name}.ded`),
    ]);
    expect(reply.relations.find(({ name }) => name === "log")).toEqual({
      name: "log",
      columns: ["Y: string", "Message: string"],
      rules: 2,
    });
    expect(reply.checks[0]).toEqual({
      title: "eot 4, eff 2, crashes 0",
      expect: "violated",
      budget: { eot: 4, eff: 2, crashes: 0 },
      besides: [],
    });
  });

  test("an error in the text", () => {
    const reply = ask({ kind: "analyse", id: 1, files: files("simple", 'log("a")@1; log(X, Y) :- ') });
    if (reply.kind !== "analysed") throw new Error(reply.kind);
    expect(reply.problems[0]).toMatchObject({ severity: "error", path: `${folder}/simple.ded` });
  });

  test("a check", () => {
    const reply = ask({ kind: "check", id: 1, files: files("simple"), budget: { eot: 4, eff: 2 }, memory: 0 });
    expect(reply).toMatchObject({ outcome: "violated", faults: [{ notation: "omit(a,b,1)" }] });
  });

  test("options that are wrong are refused in words", () => {
    const reply = ask({
      kind: "check",
      id: 1,
      files: files("simple"),
      budget: { eot: 4, crashes: 9, eff: 9 },
      memory: 0,
    });
    expect(reply).toMatchObject({ kind: "shown" });
    expect(ask({ kind: "check", id: 1, files: files("simple", "post(X"), budget: {}, memory: 0 })).toMatchObject({
      outcome: "refused",
      html: expect.stringContaining("Error") as unknown,
    });
  });

  test("faults by hand that the specification does not survive are explained like a counterexample", () => {
    const reply = attack("simple", { eot: 4 }, [{ kind: "omission", from: "a", to: "b", at: 1 }]);
    expect(reply).toMatchObject({ outcome: "violated", faults: [{ words: "one message a → b, sent at 1, is lost" }] });
    if (reply.kind !== "shown") throw new Error(reply.kind);
    expect(modelOf(reply)?.steps.at(-1)?.text).toContain('post("b", "hello") is missing at 4');
  });

  test("faults of every kind of which it survives one are drawn beside the run without them", () => {
    const kinds: readonly Fault[] = [
      { kind: "crash", node: "c", at: 2 },
      { kind: "restart", node: "c", at: 3, until: 4 },
      { kind: "pause", node: "c", at: 2, until: 4 },
      { kind: "omission", from: "a", to: "b", at: 1 },
      { kind: "delay", from: "a", to: "b", at: 1, arrives: 4 },
      { kind: "duplicate", from: "a", to: "b", at: 1, arrives: 4 },
    ];
    for (const fault of kinds) {
      const reply = attack("ack", { eot: 8 }, [fault]);
      if (reply.kind !== "shown") throw new Error(reply.kind);
      expect([fault.kind, reply.outcome]).toEqual([fault.kind, "survives"]);
      expect(modelOf(reply)?.runs.map(({ title }) => title)).toEqual([
        "the run under these faults",
        "the failure-free run",
      ]);
      expect(reply.faults.map((shown) => shown.fault)).toEqual([fault]);
    }
  });

  test("a run by hand has the tables of `ldfi run` under the same faults, whatever their kind", () => {
    const main = `${folder}/ack.ded`;
    const { program } = load([main], memoryFiles(texts));
    if (program === undefined) throw new Error("the program is wrong");
    const kinds: readonly Fault[] = [
      { kind: "crash", node: "a", at: 2 },
      { kind: "restart", node: "b", at: 3, until: 4 },
      { kind: "pause", node: "b", at: 2, until: 4 },
      { kind: "partition", a: ["b"], b: ["a", "c"], at: 1, until: 2 },
      { kind: "one-way-partition", a: ["a"], b: ["b", "c"], at: 1, until: 3 },
      { kind: "partial-partition", a: ["a"], b: ["b"], at: 1, until: 3 },
      { kind: "omission", from: "a", to: "b", at: 1 },
      { kind: "delay", from: "a", to: "b", at: 1, arrives: 4 },
      { kind: "duplicate", from: "a", to: "b", at: 1, arrives: 4 },
    ];
    for (const fault of kinds) {
      const reply = attack("ack", { eot: 6 }, [fault]);
      const model = modelOf(reply);
      if (model === undefined) throw new Error(reply.kind);
      const [shown] = model.runs;
      const result = run(program, {
        nodes: ["a", "b", "c"],
        eot: 6,
        schedule: schedule([fault]),
      });
      if (result.kind !== "run" || shown === undefined) throw new Error("it does not run");
      const { tuples, relations } = model;
      for (let t = 1; t <= 6; t++) {
        const held = tuples.filter((_, i) => within(shown.periods[i], t)).map(({ text }) => text);
        const own = relations.flatMap((name, relation) =>
          result.execution
            .tuples(relation as unknown as RelationId, t)
            .map((args) => `${name}(${args.map((value) => JSON.stringify(value)).join(", ")})`),
        );
        expect([fault.kind, t, held.sort()]).toEqual([fault.kind, t, own.sort()]);
      }
    }
  });

  test("faults that exclude each other are refused in a sentence, and the run before stays", () => {
    const crash = { kind: "crash", node: "c", at: 2 } as const;
    const pause = { kind: "pause", node: "c", at: 1, until: 3 } as const;
    expect(attack("simple", { eot: 4 }, [crash, pause])).toMatchObject({
      kind: "failed",
      message: expect.stringMatching(/^(crash|pause)\(c,/) as unknown,
    });
  });

  test("without faults there is one run", () => {
    const reply = attack("simple", { eot: 4 }, []);
    expect(reply).toMatchObject({ outcome: "survives", faults: [] });
  });
});
