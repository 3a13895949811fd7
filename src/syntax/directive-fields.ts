import type { SourceFile, Span } from "../source/source.js";
import type { Complain } from "./directive-line.js";
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

/** Splits a part of a line into its fields. The first that is no field is complained about; all are passed over. */
export function scanFields(file: SourceFile, start: number, end: number, complain: Complain): readonly Field[] {
  const fields: Field[] = [];
  let complained = false;
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
      if (!complained) notAField(junk ?? whole.trim(), span, complain);
      complained = true;
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

function notAField(text: string, span: Span, complain: Complain): void {
  const key = /^([A-Za-z][A-Za-z-]*)=/.exec(text)?.[1];
  if (key === undefined)
    complain(
      span,
      `\`${text}\` is not of the form key=value`,
      'write for example `eot=6`, `name="a title"`, without spaces around `=`',
    );
  else if (text === `${key}=`) complain(span, `\`${key}\` has no value`, "the value follows right after `=`");
  else
    complain(
      span,
      `the value of \`${key}\` is not closed`,
      'a value with spaces or quotes stands in double quotes: `name="a title"`',
    );
}
