import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Page } from "../../src/explain/page.js";
import { pageOf } from "../../src/explain/pages.js";
import { lintFiles } from "../../src/language/lint-files.js";
import { readHuntFile } from "../../src/services/hunt-file.js";
import type { DiagnosticCode } from "../../src/source/codes.js";
import { diagnosticCodes } from "../../src/source/codes.js";
import { inProcess } from "../cli/in-process.js";
import { memoryFiles } from "../program/memory-files.js";

/** The codes of all that is said of an example. */
async function codesOf(kind: Page["kind"], text: string, options: string): Promise<readonly string[]> {
  switch (kind) {
    case "hunt file":
      return readHuntFile({ path: "a.hunt.yaml", text }, []).diagnostics.map(({ code }) => code);
    case "trace":
      return codesOfTrace(text);
    case "command":
      return codesOfCommand(text.replace(/^ldfi /, ""), memoryFiles({ "broadcast.ded": 'post("a")@1;' }, ["programs"]));
    default: {
      const reader = memoryFiles({ "-": text, "a.ded": text });
      const lint = lintFiles(["a.ded"], reader, []).map(({ code }) => code);
      return [...lint, ...(await codesOfCommand(`check - ${options}`, reader))];
    }
  }
}

async function codesOfCommand(line: string, reader: ReturnType<typeof memoryFiles>): Promise<readonly string[]> {
  const words = line.split(" ").filter((word) => word !== "");
  // A folder can be tested, and is not read then.
  if (words[0] === "test") return [];
  const { stdout } = await inProcess([...words, "--format", "json"], { reader });
  const { diagnostics = [], warnings = [] } = JSON.parse(stdout) as {
    diagnostics?: readonly { code: string }[];
    warnings?: readonly { kind: string }[];
  };
  return [...diagnostics.map(({ code }) => code), ...warnings.map(({ kind }) => kind)];
}

async function codesOfTrace(text: string): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), "ldfi-trace-"));
  try {
    const path = join(folder, "trace.json");
    writeFileSync(path, text);
    const { stdout } = await inProcess(["trace", path, "--format", "json"]);
    const { diagnostics = [] } = JSON.parse(stdout) as { diagnostics?: readonly { code: string }[] };
    return diagnostics.map(({ code }) => code);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const codes = Object.keys(diagnosticCodes) as readonly DiagnosticCode[];

describe("the page of a code", () => {
  test.each(codes.map((code) => ({ code, ...pageOf(code) })))(
    "$code: its example has it, and the corrected one does not",
    async ({ code, text, kind, wrong, right, options = "", rightOptions = options }: Page & { code: string }) => {
      expect(text).not.toBe("");
      expect(await codesOf(kind, wrong, options)).toContain(code);
      expect(await codesOf(kind, right, rightOptions)).not.toContain(code);
    },
  );
});
