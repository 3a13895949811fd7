import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import type { CheckReport } from "../../src/report/check-report.js";
import { checkDocument } from "../../src/report/json/check-document.js";
import { renderJson } from "../../src/report/json/json.js";
import { markdownCheck } from "../../src/report/markdown.js";
import { checked } from "./subject.js";

const envelope = { tool: { name: "ldfi", version: "0.0.0" }, command: "check" } as const;

function told(): CheckReport {
  return { ...checked(["programs/delivery/classic.ded"], { eot: 5, eff: 3 }).report, verbose: true };
}

describe("a report file has room for the whole explanation", () => {
  it("JSON has it as the schema describes it, with the part of each fault", () => {
    const { $schema: _draft, ...schema } = JSON.parse(readFileSync("schema/check.schema.json", "utf8")) as Readonly<
      Record<string, unknown>
    >;
    const validate = new Ajv({ strict: false }).compile(schema);
    const document: unknown = JSON.parse(renderJson(checkDocument(told(), envelope)));
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    expect(document).toMatchObject({
      counterexample: {
        story: expect.arrayContaining([
          expect.objectContaining({
            heading: "What each fault is needed for",
            sentences: [
              { text: "one message a → b, sent at 1, is lost" },
              { text: "one message a → c, sent at 1, is lost" },
            ].map((part) => expect.objectContaining(part) as unknown),
          }),
        ]) as unknown,
      },
    });
  });

  it("Markdown has it below the drawing, and shows no tables", () => {
    const text = markdownCheck(told());
    expect(text).toContain(
      "\n### What each fault is needed for\n\n- one message a → b, sent at 1, is lost\n  - it takes away log",
    );
    expect(text).not.toContain("At instant 5:");
  });
});
