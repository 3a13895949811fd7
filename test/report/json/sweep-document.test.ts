import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import type { Program } from "../../../src/program/program.js";
import { resolveSpecification } from "../../../src/program/specification.js";
import type { JsonObject } from "../../../src/report/json/json.js";
import { renderJson } from "../../../src/report/json/json.js";
import { frontierDocument, sweepDocument } from "../../../src/report/json/sweep-document.js";
import { frontier } from "../../../src/search/frontier.js";
import { sweep } from "../../../src/search/sweep.js";
import { loadText } from "../../properties/loading.js";
import { libraryProgram } from "../../search/library-program.js";

const schema = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..", "schema", "sweep.schema.json");
const envelope = { tool: { name: "ldfi", version: "0.0.0" }, command: "sweep" };

/** What is wrong with a document, according to the published schema. */
function problems(document: JsonObject): readonly string[] {
  const ajv = new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    strictRequired: false,
    strictTypes: false,
    allErrors: true,
  });
  const validate = ajv.compile(JSON.parse(readFileSync(schema, "utf8")) as object);
  return validate(JSON.parse(renderJson(document)))
    ? []
    : (validate.errors ?? []).map((e) => `${e.instancePath} ${e.message ?? ""}`);
}

function common(program: Program) {
  const { specification } = resolveSpecification(program, {});
  if (specification === undefined) throw new Error("no specification");
  return { program, files: ["x.ded"], specification, diagnostics: [], bounds: {}, options: [] };
}

describe("the documents of a sweep keep to the published schema", () => {
  test.each([
    [
      "violated",
      "delivery/simple",
      {},
      {
        verdict: "violated",
        parameters: { eot: 3, eff: 2, crashes: 0 },
        persistsTo: 7,
        counterexample: { check: "ldfi check x.ded --eot 3 --eff 2" },
      },
    ],
    [
      "certified",
      "delivery/ack",
      { maxEot: 5 },
      { verdict: "holds", parameters: { eot: 5, eff: 4, crashes: 0 }, reason: "max-eot" },
    ],
    [
      "ended before a violation was believed",
      "delivery/simple",
      { maxEot: 4 },
      { verdict: "inconclusive", reason: "max-eot", pending: { eot: 3, eff: 2, verdict: "violated" } },
    ],
    ["nothing decided", "delivery/ack", { maxEot: 1 }, { verdict: "inconclusive", reason: "max-eot" }],
  ] as const)("%s", (_, name, options, expected) => {
    const report = common(libraryProgram(name));
    const document = sweepDocument({ ...report, result: sweep(report.program, options) }, envelope);
    expect(document).toMatchObject({ ...expected, mode: "sweep", command: "sweep" });
    expect(problems(document)).toEqual([]);
  });

  test("a frontier", () => {
    const report = common(libraryProgram("delivery/retry"));
    const ranges = { eot: { from: 3, to: 4 }, eff: { from: 0, to: undefined }, crashes: { from: 0, to: 1 } };
    const document = frontierDocument({ ...report, result: frontier(report.program, { ranges }) }, envelope);
    expect(document).toMatchObject({ verdict: "violated", mode: "frontier", ranges: { eff: { from: 0 } } });
    expect(problems(document)).toEqual([]);
  });

  test("a program that fails in evaluation", () => {
    const loaded = loadText('d("a", 0)@1; post(X, 7 / Z) :- d(X, Z);');
    if ("refused" in loaded) throw new Error(loaded.refused);
    const report = common(loaded.program);
    const document = sweepDocument({ ...report, result: sweep(report.program, {}) }, envelope);
    expect(document).toMatchObject({ verdict: "error", error: { kind: "division-by-zero" }, steps: [] });
    expect(problems(document)).toEqual([]);
  });
});
