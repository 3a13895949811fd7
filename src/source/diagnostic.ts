import type { DiagnosticCode, Severity } from "./codes.js";
import { severityOf } from "./codes.js";
import type { Span } from "./source.js";

/** A second place that the message speaks of: the other use, the edge of a cycle. */
export interface RelatedPlace {
  readonly span: Span;
  readonly message: string;
}

/** One complaint, as data. Rendered in `report/diagnostics.ts` and nowhere else. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** Absent where the complaint is about the command line and not about a text. */
  readonly span?: Span;
  /** What is wrong, in one sentence without a full stop. */
  readonly message: string;
  /** What to do about it. */
  readonly help?: string;
  readonly related: readonly RelatedPlace[];
}

/** What a stage says when it complains: the severity follows from the code. */
export interface Complaint {
  readonly span?: Span | undefined;
  readonly message: string;
  readonly help?: string | undefined;
  readonly related?: readonly RelatedPlace[];
}

export function diagnostic(code: DiagnosticCode, complaint: Complaint): Diagnostic {
  return {
    code,
    severity: severityOf(code),
    message: complaint.message,
    related: complaint.related ?? [],
    ...(complaint.span === undefined ? {} : { span: complaint.span }),
    ...(complaint.help === undefined ? {} : { help: complaint.help }),
  };
}

/** The list that stages append to: every stage goes as far as it soundly can and reports all that it finds. */
export class Diagnostics {
  private readonly list: Diagnostic[] = [];

  report(code: DiagnosticCode, complaint: Complaint): void {
    this.list.push(diagnostic(code, complaint));
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
