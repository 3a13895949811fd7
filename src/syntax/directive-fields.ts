import type { SourceFile, Span } from "../source/source.js";
import type { ReportError } from "./directive-line.js";
import type { Name } from "./tree.js";

/** `key=value` of a `//!` line; the value bare or in double quotes. */
export interface Field {
  readonly key: Name;
  /** Without its quotes. */
  readonly value: Name;
  readonly quoted: boolean;
  /** Key and value. */
  readonly span: Span;
}

/** Splits a part of a line into its fields. Text that is not a field is skipped; the first such text is reported. */
export function scanFields(file: SourceFile, start: number, end: number, report: ReportError): readonly Field[] {
  const fields: Field[] = [];
  let reported = false;
  const text = file.text.slice(0, end);
  const pattern =
    /\s*(?:([A-Za-z][A-Za-z-]*)=(?:"([^"\\]*(?:\\.[^"\\]*)*)"(?=\s|$)|([^\s"]+)(?=\s|$))|([A-Za-z-]+="[^"]*$|\S+))/y;
  pattern.lastIndex = start;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [whole, key, quoted, bare, junk] = match;
    const matchEnd = match.index + whole.length;
    const from = match.index + whole.length - whole.trimStart().length;
    const span: Span = { file, start: from, end: matchEnd };
    if (key === undefined) {
      if (!reported) notAField(junk ?? whole.trim(), span, report);
      reported = true;
      continue;
    }
    const valueStart = from + key.length + 1;
    fields.push({
      key: { text: key, span: { file, start: from, end: from + key.length } },
      value: {
        text: quoted === undefined ? (bare ?? "") : quoted.replace(/\\(["\\])/g, "$1"),
        span: { file, start: valueStart, end: matchEnd },
      },
      quoted: quoted !== undefined,
      span,
    });
  }
  return fields;
}

function notAField(text: string, span: Span, report: ReportError): void {
  const key = /^([A-Za-z][A-Za-z-]*)=/.exec(text)?.[1];
  if (key === undefined)
    report(
      span,
      `\`${text}\` is not of the form key=value`,
      'write for example `eot=6`, `name="a title"`, without spaces around `=`',
    );
  else if (text === `${key}=`) report(span, `\`${key}\` has no value`, "write the value right after `=`");
  else
    report(
      span,
      `the value of \`${key}\` is not closed`,
      'enclose a value with spaces or quotes in double quotes: `name="a title"`',
    );
}
