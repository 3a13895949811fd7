import type { Page } from "../explain/page.js";
import { examplesOf, pageOf } from "../explain/pages.js";
import type { DiagnosticCode } from "../source/codes.js";
import { diagnosticCodes } from "../source/codes.js";
import type { Diagnostic, Fix } from "../source/diagnostic.js";
import { positionAt } from "../source/line-index.js";
import type { PathName } from "../source/path-name.js";
import type { Span } from "../source/source.js";
import type { JsonObject } from "./json/json.js";

/* The common parts of every SARIF 2.1.0 log: one run of ldfi, with its results, and the rules of these results. */

export type SarifResult = JsonObject & { readonly ruleId: string };

/** Rules of results that are not diagnostics. */
const meanings: Readonly<Record<string, string>> = {
  violated: "A fault schedule within the budget violates the specification",
  regression: "What held before holds no longer, or less was asked",
  inconclusive: "A limit came before the search could decide",
  "hunt-violated": "Faults between running services break a request",
  "hunt-sometimes": "Faults between running services break a request in some runs",
  margin: "What a specification that holds depends on, and how far it is from failing",
};

/** `decided`: whether the run answered the question. */
export function sarifRun(results: readonly SarifResult[], decided: boolean, version: string): JsonObject {
  const used = [...new Set(results.map((result) => result.ruleId))].sort();
  const rules = used.map((id) => {
    const meaning = meaningOf(id);
    return {
      id,
      ...(meaning === undefined ? {} : { shortDescription: { text: meaning } }),
      ...(isDiagnosticCode(id) ? { help: helpOf(pageOf(id)) } : {}),
    };
  });
  return {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "ldfi", version, rules } },
        columnKind: "utf16CodeUnits",
        invocations: [{ executionSuccessful: decided }],
        results,
      },
    ],
  };
}

function meaningOf(id: string): string | undefined {
  if (meanings[id] !== undefined) return meanings[id];
  if (!isDiagnosticCode(id)) return undefined;
  const { meaning } = diagnosticCodes[id];
  return meaning.charAt(0).toUpperCase() + meaning.slice(1);
}

/** The page of a code, as viewers show it beside a result. */
function helpOf(page: Page): JsonObject {
  const examples = examplesOf(page);
  const plain = examples.map(({ heading, text }) => `${heading}:\n\n${text}`);
  const fenced = examples.map(({ heading, text }) => `${heading}:\n\n\`\`\`\n${text}\n\`\`\``);
  return { text: [page.text, ...plain].join("\n\n"), markdown: [page.text, ...fenced].join("\n\n") };
}

/** Whether a word is one of the codes. */
export function isDiagnosticCode(id: string): id is DiagnosticCode {
  return Object.hasOwn(diagnosticCodes, id);
}

export function diagnosticResult(
  { code, severity, message, span, help, related, fix }: Diagnostic,
  pathName: PathName,
): SarifResult {
  const text = help === undefined ? message : `${message} (${help})`;
  return {
    ruleId: code,
    level: severity,
    message: { text },
    ...(span === undefined ? {} : { locations: [location(span, pathName)] }),
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((r, id) => ({
            id,
            ...location(r.span, pathName),
            message: { text: r.message },
          })),
        }),
    ...(fix === undefined ? {} : { fixes: [fixOf(fix, pathName)] }),
  };
}

/** The edits of one fix; all are in one file. */
function fixOf({ title, edits }: Fix, pathName: PathName): JsonObject {
  return {
    description: { text: title },
    artifactChanges: edits.map(({ span, text }) => ({
      artifactLocation: { uri: uriOf(pathName(span.file.path)) },
      replacements: [{ deletedRegion: regionOf(span), insertedContent: { text } }],
    })),
  };
}

export function location(span: Span, pathName: PathName): JsonObject {
  const region = regionOf(span);
  return { physicalLocation: { artifactLocation: { uri: uriOf(pathName(span.file.path)) }, region } };
}

function regionOf(span: Span): JsonObject {
  const start = positionAt(span.file, span.start);
  const end = positionAt(span.file, span.end);
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/** A path as a URI reference: relative paths stay relative, so that a reader resolves them against its checkout. */
function uriOf(path: string): string {
  const slashes = path.replaceAll("\\", "/");
  const escaped = slashes.split("/").map(encodeURIComponent).join("/");
  if (/^[A-Za-z]%3A\//.test(escaped)) return `file:///${escaped.replace("%3A", ":")}`;
  return slashes.startsWith("/") ? `file://${escaped}` : escaped;
}
