import { describe, expect, test } from "vitest";
import { pageOf } from "../../src/explain/pages.js";
import { lintFiles } from "../../src/language/lint-files.js";
import type { DiagnosticCode } from "../../src/source/codes.js";
import { diagnosticCodes } from "../../src/source/codes.js";
import { inProcess } from "../cli/in-process.js";
import { memoryFiles } from "../program/memory-files.js";

/** The codes of all that a check and a lint say of a program. */
async function codesOf(text: string, options: string): Promise<readonly string[]> {
  const reader = memoryFiles({ "-": text, "a.ded": text });
  const lint = lintFiles(["a.ded"], reader, []).map(({ code }) => code);
  const { stdout } = await inProcess(
    ["check", "-", "--format", "json", ...options.split(" ").filter((w) => w !== "")],
    { reader },
  );
  const { diagnostics = [], warnings = [] } = JSON.parse(stdout) as {
    diagnostics?: readonly { code: string }[];
    warnings?: readonly { kind: string }[];
  };
  return [...lint, ...diagnostics.map(({ code }) => code), ...warnings.map(({ kind }) => kind)];
}

const codes = Object.keys(diagnosticCodes) as readonly DiagnosticCode[];
const pages = codes.map((code) => [code, pageOf(code)] as const);
const shown = pages.flatMap(([code, { wrong, right, options = "", rightOptions = options }]) =>
  wrong === undefined || right === undefined ? [] : [{ code, wrong, right, options, rightOptions }],
);

describe("the page of a code", () => {
  test("says something of every code", () => {
    expect(pages.filter(([, { text }]) => text === "").map(([code]) => code)).toEqual([]);
  });

  test.each(shown)(
    "$code: its program has it, and the mended one has not",
    async ({ code, wrong, right, options, rightOptions }) => {
      expect(await codesOf(wrong, options)).toContain(code);
      const after = await codesOf(right, rightOptions);
      expect(after).not.toContain(code);
    },
  );

  test("the pages without a program are of what no short program shows", () => {
    const without = pages.flatMap(([code, page]) => (page.wrong === undefined ? [code] : []));
    // A hunt file and a trace are no programs.
    expect(without.filter((code) => !code.startsWith("hunt-") && code !== "no-trace")).toEqual([
      "file-missing",
      "file-unreadable",
      "witness-forgotten",
      "vacuous-under-faults",
      "out-of-reach",
      "unsettled",
      "kind-without-effect",
      "message-to-non-node",
    ]);
  });
});
