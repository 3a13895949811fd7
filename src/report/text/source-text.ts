import type { Program, RuleId } from "../../program/program.js";
import { positionAt } from "../../source/line-index.js";
import { visible } from "../../source/strings.js";

/** A rule as it was written, on one line, without comments. */
export function ruleText(program: Program, rule: RuleId): string {
  const span = program.rules[rule]?.span;
  if (span === undefined) return `rule ${rule}`;
  const text = span.file.text.slice(span.start, span.end);
  const oneLine = text.replace(
    /("[^"\\]*(?:\\[\s\S][^"\\]*)*")|(?:\s|\/\/[^\n\r]*|\/\*[\s\S]*?\*\/)+/g,
    (_, string: string | undefined) => (string === undefined ? " " : visible(string)),
  );
  return oneLine.trim();
}

/** `file:line` of a rule; with `short`, only as much of the path as distinguishes the program's files. */
export function rulePlace(program: Program, rule: RuleId, short = false): string {
  const span = program.rules[rule]?.span;
  if (span === undefined) return "?";
  return `${visible(short ? shortPath(program, span.file.path) : span.file.path)}:${positionAt(span.file, span.start).line}`;
}

function shortPath(program: Program, path: string): string {
  const parts = path.split(/[\\/]/);
  const others = program.files.filter((file) => file.path !== path);
  for (let n = 1; n < parts.length; n++) {
    const end = parts.slice(-n).join("/");
    if (!others.some((file) => file.path === end || file.path.replaceAll("\\", "/").endsWith(`/${end}`))) return end;
  }
  return path;
}
