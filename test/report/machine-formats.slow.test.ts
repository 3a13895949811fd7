import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parse } from "@ts-graphviz/ast";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import { SaxesParser } from "saxes";
import { describe, expect, it } from "vitest";
import type { EvaluationError } from "../../src/execution/execution.js";
import { loadProgram } from "../../src/program/load.js";
import type { Program } from "../../src/program/program.js";
import { dotCheck, dotRefusal } from "../../src/report/dot.js";
import { renderHtml } from "../../src/report/html/html.js";
import { checkDocument } from "../../src/report/json/check-document.js";
import { refusalDocument } from "../../src/report/json/envelope.js";
import type { JsonObject } from "../../src/report/json/json.js";
import { renderJson } from "../../src/report/json/json.js";
import { junitCheck, junitRefusal } from "../../src/report/junit-check.js";
import { sarifLog, sarifRefusal } from "../../src/report/sarif.js";
import { check, prepare } from "../../src/search/check.js";
import { evaluationDiagnostic } from "../../src/search/evaluation-diagnostic.js";
import { memoryFiles } from "../program/memory-files.js";
import type { Subject } from "./subject.js";
import { checked, checkedText, measured } from "./subject.js";

const require = createRequire(import.meta.url);
const schema = (path: string): object => JSON.parse(readFileSync(path, "utf8")) as object;

const hostile = `log("a", "]]>&<\\"\n")@1; log(X, N)@next :- log(X, N); seen(Y, N)@async :- log(X, N), to(X, Y); seen(X, N)@next :- seen(X, N); to("a", "b")@1; pre(N) :- log(_, N); post(N) :- seen(_, N);`;

const subjects: readonly (readonly [string, () => Subject])[] = [
  ["a violation", () => checked(["programs/commit/3pc.ded"], { eot: 9, eff: 7, crashes: 1 })],
  [
    "a violation that only the faults promise",
    () => checked(["programs/replication/kafka-isr.ded"], { eot: 6, eff: 4, crashes: 1 }),
  ],
  ["a program that holds", () => checked(["programs/delivery/retry.ded"], { eot: 5, eff: 3, crashes: 0 })],
  ["a program that holds, with its margin", () => measured(["programs/delivery/ack.ded"], { eot: 5, crashes: 1 })],
  [
    "an undecided question",
    () => checked(["programs/delivery/ack.ded"], { eot: 6, eff: 5, crashes: 1, strategy: "random", maxRuns: 2 }),
  ],
  ["strings that no format likes", () => checkedText(hostile, { eot: 3, eff: 3, crashes: 0 })],
];

const envelope = { tool: { name: "ldfi", version: "1.0.0" }, command: "check" };

function sarifErrors(log: JsonObject): unknown {
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  formats.default(ajv);
  const validate = ajv.compile(
    withoutDraft(schema(require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"))),
  );
  validate(log);
  return validate.errors;
}

function documentErrors(document: JsonObject): unknown {
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  const { $schema: _draft, ...rest } = schema("schema/check.schema.json") as { readonly $schema?: string };
  const validate = ajv.compile(rest);
  validate(JSON.parse(renderJson(document)));
  return validate.errors;
}

/** The names of the elements, in order. */
function elementsOf(xml: string): readonly string[] {
  const names: string[] = [];
  const parser = new SaxesParser();
  parser.on("opentag", ({ name }) => names.push(name));
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(xml).close();
  return names;
}

describe.each(subjects)("%s", (_, subject) => {
  const { report, evidence } = subject();

  it("is valid SARIF 2.1.0", () => {
    expect(sarifErrors(sarifLog(report, "1.0.0"))).toBeNull();
  });

  it("is DOT that a parser accepts", () => {
    const [graph] = parse(dotCheck(report)).children.filter((c) => c.type === "Graph");
    expect(graph?.directed).toBe(true);
    expect(graph?.children.filter((c) => c.type === "Subgraph").length).toBe(evidence.outcomes.length);
  });

  it("is well-formed XML", () => {
    expect(elementsOf(junitCheck(report)).slice(0, 3)).toEqual(["testsuites", "testsuite", "testcase"]);
  });

  it("is JSON as its schema describes it", () => {
    expect(documentErrors(checkDocument(report, envelope))).toBeNull();
  });

  it("is one HTML file of less than 2 MB, the same each time but for the times", () => {
    const assets = { script: "", style: "" };
    const render = (): string => renderHtml({ report, version: "1.0.0" }, assets);
    expect(render()).toBe(render());
    expect(render().length).toBeLessThan(2_000_000);
    expect(render()).not.toMatch(/<(?:script|link|img)[^>]*(?:src|href)=/);
  });
});

describe("SARIF of a violation", () => {
  it("points at the rules whose messages were cut, and at the one that promised", () => {
    const { report } = checked(["programs/commit/3pc.ded"], { eot: 9, eff: 7, crashes: 1 });
    const log = JSON.stringify(sarifLog(report, "1.0.0"));
    expect(log).toContain('"text":"sent here and lost: C → p at 3"');
    expect(log).toContain('"text":"promised here"');
    expect(log).toContain('"uri":"programs/commit/3pc.ded"');
  });
});

/** The published schema names draft 4, of which it uses nothing that draft 7 has not. */
function withoutDraft(published: object): object {
  const { $schema: _draft, id: _id, $id: _identity, ...rest } = published as Readonly<Record<string, unknown>>;
  return rest;
}

describe("a program that fails in evaluation", () => {
  const { program, error } = failing();
  const refusal = {
    files: ["<&>.ded"],
    diagnostics: [evaluationDiagnostic(program, error)],
    failure: { program, error },
  };

  it("is valid SARIF 2.1.0", () => {
    expect(sarifErrors(sarifRefusal(refusal, "1.0.0"))).toBeNull();
  });

  it("is JSON as its schema describes it", () => {
    expect(documentErrors(refusalDocument(refusal, envelope))).toBeNull();
  });

  it("is DOT that a parser accepts", () => {
    expect(parse(dotRefusal(refusal)).children.filter((c) => c.type === "Graph")).toHaveLength(1);
  });

  it("is well-formed XML", () => {
    expect(elementsOf(junitRefusal(refusal))).toEqual(["testsuites", "testsuite", "testcase", "error"]);
  });
});

/** A division by zero, in a run without faults. */
function failing(): { readonly program: Program; readonly error: EvaluationError } {
  const text = 'd("a", 0)@1;\npost(X, Y) :- d(X, Z), Y == 7 / Z;\n';
  const { program } = loadProgram(["x.ded"], memoryFiles({ "x.ded": text }), { includeDirs: [] });
  if (program === undefined) throw new Error("refused");
  const { setting } = prepare(program, { eot: 3 });
  if (setting === undefined) throw new Error("no setting");
  const result = check(setting, {});
  if (result.kind !== "error") throw new Error("no error");
  return { program, error: result.error };
}
