import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { ldfi, root } from "../../cli/ldfi.js";

const simple = "programs/delivery/simple.ded";
const bounds = ["--eot", "4", "--eff", "2"];
const json = ["--format", "json"];

/** What is wrong with a document, according to a published schema. */
function problems(schema: string, text: string): readonly string[] {
  const ajv = new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    strictRequired: false,
    strictTypes: false,
    allErrors: true,
  });
  const validate = ajv.compile(JSON.parse(readFileSync(join(root, "schema", schema), "utf8")) as object);
  const document: unknown = JSON.parse(text);
  return validate(document) ? [] : (validate.errors ?? []).map((e) => `${e.instancePath} ${e.message ?? ""}`);
}

describe("documents keep to the published schemas", () => {
  test.each([
    ["violated", "violated", [simple, ...bounds]],
    ["every minimal counterexample", "violated", [simple, ...bounds, "--all"]],
    ["holds", "holds", ["programs/delivery/retry.ded", ...bounds]],
    [
      "holds, with its margin",
      "holds",
      ["programs/replication/quorum.ded", "--eot", "8", "--crashes", "1", "--margin"],
    ],
    ["inconclusive", "inconclusive", ["programs/delivery/ack.ded", "--strategy", "random", "--max-runs", "3"]],
    ["a missing file", "error", ["nowhere.ded"]],
    ["a wrong option", "error", [simple, "--crashes", "9"]],
  ])("check: %s", (_, verdict, args) => {
    const { stdout, stderr } = ldfi(["check", ...args, ...json]);
    expect(JSON.parse(stdout)).toMatchObject({ verdict });
    expect(problems("check.schema.json", stdout)).toEqual([]);
    expect(stderr).toBe("");
  });

  // How far the command comes before it is cut off depends on the machine, and so does what it says of that.
  test("check: cut off", () => {
    const cut = ["programs/consensus/paxos-synod.ded", "--eot", "600", "--crashes", "2", "--timeout", "0.3"];
    const { stdout } = ldfi(["check", ...cut, ...json]);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: "inconclusive" });
    expect(problems("check.schema.json", stdout)).toEqual([]);
  });

  test("check: an error in evaluation", () => {
    const { stdout } = ldfi(["check", "-", ...json], { input: 'd("a", 0)@1; post(X, 7 / Z) :- d(X, Z);' });
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: "error",
      error: { kind: "division-by-zero", at: 1, binding: { X: "a", Z: 0 } },
    });
    expect(problems("check.schema.json", stdout)).toEqual([]);
  });

  test("check and run: what must never be there, and what a restart keeps", () => {
    const input =
      'p("a")@1; m("b")@async :- p("a"); m(N)@next :- m(N); up("b")@3; never(N) :- up(N), notin m(N); post(N) :- m(N);';
    const { stdout } = ldfi(["check", "-", "--eot", "4", "--restarts", "1", "--all", ...json], { input });
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: "violated",
      restartMemory: { durable: [], configuration: [], forgotten: ["m"] },
      specification: { kind: "post-only", never: "never" },
    });
    expect(problems("check.schema.json", stdout)).toEqual([]);
    const run = ldfi(["run", "-", "--eot", "4", "--omit", "a,b,1", ...json], { input }).stdout;
    expect(JSON.parse(run)).toMatchObject({
      verdict: "violated",
      present: [{ relation: "never", args: ["b"], at: 3 }],
    });
    expect(problems("run.schema.json", run)).toEqual([]);
  });

  test("break", () => {
    const { stdout } = ldfi(["break", simple, 'log("b","hello")@4', ...bounds, ...json]);
    expect(JSON.parse(stdout)).toMatchObject({ command: "break", verdict: "violated", question: { appear: false } });
    expect(problems("check.schema.json", stdout)).toEqual([]);
  });

  test.each([
    ["a run", ["--omit", "a,b,1", "--tables"]],
    ["why", ["--why", "log(_, _)@4"]],
    ["why not", ["--omit", "a,b,1", "--why-not", 'log("b","hello")@4']],
    ["no match", ["--why", 'log("z", _)']],
    ["a wrong fault", ["--omit", "a,z,1"]],
  ])("run: %s", (_, args) => {
    const { stdout } = ldfi(["run", simple, "--eot", "4", ...args, ...json]);
    expect(problems("run.schema.json", stdout)).toEqual([]);
  });

  test("test", () => {
    const { stdout } = ldfi(["test", "programs/delivery", "--reporter", "json"]);
    expect(JSON.parse(stdout)).toMatchObject({ failed: 0 });
    expect(problems("test.schema.json", stdout)).toEqual([]);
  });

  test.each([
    ["as they are", []],
    ["mended", ["--fix"]],
  ])("lint: files %s", (_, args) => {
    const { stdout } = ldfi(["lint", "test/programs/refused/arity-odd-one-out.ded", ...args, ...json]);
    expect(JSON.parse(stdout)).toMatchObject({ command: "lint", diagnostics: [{ code: "arity" }, { code: "arity" }] });
    expect(problems("lint.schema.json", stdout)).toEqual([]);
  });

  test("a document that lacks its counterexample is refused", () => {
    const { counterexample: _, ...rest } = JSON.parse(ldfi(["check", simple, ...bounds, ...json]).stdout) as Record<
      string,
      unknown
    >;
    expect(problems("check.schema.json", JSON.stringify(rest))).not.toEqual([]);
  });
});
