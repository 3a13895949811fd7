import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../../cli/ldfi.js";
import type { Schema } from "./schema-types.js";
import { typesOf } from "./schema-types.js";

/** The definitions of the schema, and the types that stand for them. */
const named: Readonly<Record<string, string>> = {
  value: "ValueJson",
  tool: 'CheckDocument["tool"]',
  budget: "BudgetJson",
  fault: "FaultJson",
  schedule: "ScheduleJson",
  tuple: "TupleJson",
  witness: "WitnessJson",
  specification: "SpecificationJson",
  place: "PlaceJson",
  diagnostic: "DiagnosticJson",
  message: "MessageJson",
  evaluationError: "EvaluationErrorJson",
  counterexample: "CounterexampleJson",
  known: "KnownJson",
  statistics: "StatisticsJson",
  sentence: "SentenceJson",
  risk: "RiskJson",
  comparison: "ComparisonJson",
  independentDerivations: "IndependentDerivationsJson",
};

test("the types of a check's document are those of its schema: add a field to both", () => {
  const schema = JSON.parse(readFileSync(join(root, "schema", "check.schema.json"), "utf8")) as Schema;
  expect(Object.keys(schema.$defs ?? {}).sort()).toEqual(Object.keys(named).sort());
  const both = Object.entries(named).map(([definition, type]) => {
    const both = `[Same<Schema.${definition}, ${type}>, Same<${type}, Schema.${definition}>, SameKeys<Schema.${definition}, ${type}>]`;
    return `export const ${definition}: ${both} = [true, true, true];`;
  });
  const text = [
    `import type * as Types from ${JSON.stringify(join(root, "src", "report", "json", "check-types.js"))};`,
    `import type { CheckDocument } from ${JSON.stringify(join(root, "src", "report", "json", "check-types.js"))};`,
    ...Object.values(named)
      .filter((type) => /^\w+$/.test(type))
      .map((type) => `type ${type} = Types.${type};`),
    typesOf(schema),
    "type Same<A, B> = [A] extends [B] ? true : { readonly is: A; readonly not: B };",
    "type Keys<T> = T extends unknown ? keyof T : never;",
    "type SameKeys<A, B> = [Keys<A>] extends [Keys<B>] ? ([Keys<B>] extends [Keys<A>] ? true : Exclude<Keys<B>, Keys<A>>) : Exclude<Keys<A>, Keys<B>>;",
    ...both,
    "export const whole: [Same<CheckDocument, Schema.document>, SameKeys<Schema.document, CheckDocument>] = [true, true];",
  ].join("\n");
  const folder = mkdtempSync(join(tmpdir(), "ldfi-types-"));
  try {
    writeFileSync(join(folder, "same.ts"), text);
    const options = { strict: true, noEmit: true, module: "nodenext", target: "es2022", types: [], skipLibCheck: true };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: options, files: ["same.ts"] }));
    const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
    const { stdout, stderr } = spawnSync(process.execPath, [tsc, "--project", folder], { encoding: "utf8" });
    expect(stdout + stderr).toBe("");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
