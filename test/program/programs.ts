import { loadProgram } from "../../src/program/load.js";
import type { Program } from "../../src/program/program.js";
import { memoryFiles } from "./memory-files.js";

/** The program of a text that must have no errors. */
export function programOf(text: string): Program {
  const { program, diagnostics } = loadProgram(["test.ded"], memoryFiles({ "test.ded": text }));
  if (program === undefined) throw new Error(diagnostics.map(({ code, message }) => `${code}: ${message}`).join("\n"));
  return program;
}

/** The codes of what is wrong with a text, and what they are about. */
export function errorsOf(text: string): readonly string[] {
  const { diagnostics } = loadProgram(["test.ded"], memoryFiles({ "test.ded": text }));
  return diagnostics.map(({ code, span }) => `${code}: ${text.slice(span?.start, span?.end)}`);
}
