import type { DiagnosticCode, Severity } from "./codes.js";
import { severityOf } from "./codes.js";
import type { Span } from "./source.js";

/** A second place that the message refers to: the other use, an edge of a cycle. */
export interface RelatedPlace {
  readonly span: Span;
  readonly message: string;
}

/** Text in place of a part of a file. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/** The change that `help` describes, where it can be made without asking. */
export interface Fix {
  /** What is done, as a menu says it: "Write `==`". */
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** Whether there is no other sensible reading: `ldfi lint --fix` makes it. */
  readonly safe: boolean;
}

/** An error or a warning, as data. Renderers are in `report/`; a terminal shows it by `report/terminal/diagnostics.ts`. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** Absent if it is about the command line and not about a text. */
  readonly span?: Span;
  /** What is wrong, in one sentence without a full stop. */
  readonly message: string;
  /** For a warning of adequacy: its subject, in texts that do not change when lines move. */
  readonly about?: readonly string[];
  /** What to do about it. */
  readonly help?: string;
  readonly related: readonly RelatedPlace[];
  readonly fix?: Fix;
}

/** What a stage reports under a code; the severity follows from the code. */
export interface DiagnosticDetails {
  readonly span?: Span | undefined;
  readonly message: string;
  readonly about?: readonly string[] | undefined;
  readonly help?: string | undefined;
  readonly related?: readonly RelatedPlace[];
  readonly fix?: Fix | undefined;
}

export function diagnostic(
  code: DiagnosticCode,
  { span, message, about, help, related = [], fix }: DiagnosticDetails,
): Diagnostic {
  return {
    code,
    severity: severityOf(code),
    message,
    related,
    ...(span === undefined ? {} : { span }),
    ...(about === undefined ? {} : { about }),
    ...(help === undefined ? {} : { help }),
    ...(fix === undefined ? {} : { fix }),
  };
}

/** The list to which stages append: every stage goes as far as it soundly can and reports all that it finds. */
export class Diagnostics {
  private readonly list: Diagnostic[] = [];

  report(code: DiagnosticCode, details: DiagnosticDetails): void {
    this.list.push(diagnostic(code, details));
  }

  add(diagnostics: readonly Diagnostic[]): void {
    for (const d of diagnostics) this.list.push(d);
  }

  get all(): readonly Diagnostic[] {
    return this.list;
  }

  get hasErrors(): boolean {
    return this.list.some((d) => d.severity === "error");
  }
}
