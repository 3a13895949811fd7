import type { Page } from "../../explain/page.js";
import type { Example } from "../../explain/pages.js";
import { examplesOf, pageOf } from "../../explain/pages.js";
import { isDiagnosticCode } from "../../report/sarif-log.js";
import { diagnosticCodes } from "../../source/codes.js";
import { nearest } from "../../source/nearest.js";
import { visible } from "../../source/strings.js";
import { exitStatus } from "../exit-status.js";
import type { TextJob } from "../job.js";
import type { Ending } from "../messages.js";

export interface ExplainJob extends TextJob {
  readonly kind: "explain";
  /** Empty if all are to be listed. */
  readonly code: string;
}

const width = 80;

/** `ldfi explain [CODE]` */
export function explainCommand({ code }: ExplainJob): Ending {
  if (code === "") return ended(list());
  // The code may be copied from a message: `error[syntax]`.
  const name = /\[([a-z-]+)\]/.exec(code)?.[1] ?? code;
  if (isDiagnosticCode(name)) return ended(explanation(name, pageOf(name)));
  const meant = nearest(name, Object.keys(diagnosticCodes));
  const help = meant === undefined ? "`ldfi explain` lists all" : `did you mean ${meant}?`;
  const stderr = `ldfi: there is no code ${visible(name)}; ${help}\n`;
  return { stdout: "", stderr, files: [], status: exitStatus("wrong-input") };
}

function ended(stdout: string): Ending {
  return { stdout, stderr: "", files: [], status: exitStatus("holds") };
}

function list(): string {
  const codes = Object.entries(diagnosticCodes);
  const longest = Math.max(...codes.map(([code]) => code.length));
  return codes.map(([code, { meaning }]) => `${code.padEnd(longest)}  ${meaning}\n`).join("");
}

function explanation(code: keyof typeof diagnosticCodes, page: Page): string {
  const { severity, meaning } = diagnosticCodes[code];
  const strict = "strict" in diagnosticCodes[code] ? ", counted by --strict" : "";
  const parts = [`${code}: ${meaning} (${severity}${strict})`, wrapped(page.text), ...examplesOf(page).map(example)];
  return `${parts.join("\n\n")}\n`;
}

function example({ heading, text }: Example): string {
  const lines = text.split("\n");
  const shown = lines.length > 12 ? [...lines.slice(0, 3), "…", ...lines.slice(-1)] : lines;
  return [`${heading}:`, "", ...shown.map((line) => `    ${shortened(line)}`)].join("\n");
}

function shortened(line: string): string {
  return line.length > 120 ? `${line.slice(0, 60)} … ${line.slice(-20)}` : line;
}

function wrapped(text: string): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.pop() ?? "";
    if (line === "") lines.push(word);
    else if (line.length + 1 + word.length <= width) lines.push(`${line} ${word}`);
    else lines.push(line, word);
  }
  return lines.join("\n");
}
