import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { loadProgram } from "../../src/program/load.js";
import { resolveSpecification } from "../../src/program/specification.js";
import { plainStyle, renderDiagnostics } from "../../src/report/terminal/diagnostics.js";
import { diagnosticCodes } from "../../src/source/codes.js";
import type { Diagnostic } from "../../src/source/diagnostic.js";
import { parseDirectives } from "../../src/syntax/directives.js";
import { memoryFiles } from "./memory-files.js";

// Each `<code>-<what>.ded` is refused with the diagnostics in the `.txt` beside it. After a change that is meant:
// `npx vitest run test/program/refused.test.ts --update`, and read the difference.

const folder = fileURLToPath(new URL("../programs/refused", import.meta.url));
const programs = readdirSync(folder)
  .filter((name) => name.endsWith(".ded"))
  .sort();

function diagnosticsOf(file: string): readonly Diagnostic[] {
  const reader = memoryFiles({ [file]: readFileSync(join(folder, file), "utf8") });
  const { program, trees, diagnostics } = loadProgram([file], reader);
  if (program === undefined) return diagnostics;
  const directives = trees.flatMap((tree) => parseDirectives(tree).diagnostics);
  return directives.length > 0 ? directives : resolveSpecification(program, {}).diagnostics;
}

/** The longest code that a file name starts with. */
function codeOf(file: string): string {
  const codes = Object.keys(diagnosticCodes).filter((code) => file === `${code}.ded` || file.startsWith(`${code}-`));
  return codes.sort((a, b) => b.length - a.length)[0] ?? "";
}

describe("a program that is refused", () => {
  for (const file of programs) {
    it(`${file} gets the diagnostics written beside it`, async () => {
      const found = diagnosticsOf(file);
      expect(found.map(({ code }) => code)).toContain(codeOf(file));
      expect(found.every(({ severity }) => severity === "error")).toBe(true);
      await expect(`${renderDiagnostics(found, plainStyle)}\n`).toMatchFileSnapshot(
        join(folder, file.replace(/\.ded$/, ".txt")),
      );
    });
  }

  const others = ["include-missing", "pre-without-post", "outcome-arity", "nothing-to-check", "bad-expectation"];
  const fromText = Object.entries(diagnosticCodes)
    .filter(([, { origin }]) => origin === "text")
    .map(([code]) => code);
  it.each([...fromText, ...others])("%s has a program that shows it", (code) => {
    expect(programs.filter((file) => codeOf(file) === code)).not.toEqual([]);
  });

  it("has help, unless the message says what is missing", () => {
    const withoutHelp = programs.flatMap((file) => diagnosticsOf(file)).filter(({ help }) => help === undefined);
    expect(withoutHelp.map(({ message }) => message).filter((message) => !message.includes("is missing"))).toEqual([]);
  });
});
