import { namesOf } from "../../hunting/call.js";
import type { TraceAnalysis } from "../../tracing/analysis.js";
import { count } from "../../wording/numbers.js";
import { escapeHtml, tag } from "./markup.js";
import { htmlPage } from "./page.js";

const style = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#222;background:#fff}
svg text{font:13px ui-monospace,monospace;fill:currentColor}svg .always{fill:#b3261e}svg .some{fill:#1b6e3c}svg path{stroke:#999;fill:none}
@media(prefers-color-scheme:dark){body{color:#ddd;background:#181818}}`;

const rowHeight = 24;
const indent = 22;

/** The result for recorded traces, as a page with a picture of the calls. */
export function htmlTraces(files: readonly string[], analysis: TraceAnalysis, version: string): string {
  const { scenario, successes, cuts, suggestions } = analysis;
  const list = (title: string, lines: readonly string[]): string =>
    lines.length === 0
      ? ""
      : tag("section", {}, [
          tag("h2", {}, escapeHtml(title)),
          tag(
            "ul",
            {},
            lines.map((line) => tag("li", {}, escapeHtml(line))),
          ),
        ]);
  const body = [
    tag("header", {}, [
      tag("p", {}, escapeHtml(files.join(" "))),
      tag("h1", {}, escapeHtml(`${scenario}: ${count(successes, "success", "successes")}`)),
    ]),
    tag("main", {}, [
      picture(analysis),
      tag("p", {}, "Red: in every success. The bar shows in how many."),
      list(
        "Sets of calls of which every success needed one",
        cuts.map((cut) => cut.join(" + ")),
      ),
      list(
        "To try first",
        suggestions.map(({ calls, fault, why }) => `${calls.map((id) => `${fault} at ${id}`).join(" + ")}: ${why}`),
      ),
    ]),
  ];
  return htmlPage({ title: scenario, body, style, version });
}

/** The tree of calls, each with a bar as long as the share of successes that have it. */
function picture({ scenario, calls, successes }: TraceAnalysis): string {
  const rows = [{ id: "", name: scenario, depth: 0, share: 1, always: false }].concat(
    calls.map(({ call, count, always }) => ({
      id: call.id,
      name: call.name,
      depth: namesOf(call.id).length - 1,
      share: successes === 0 ? 0 : count / successes,
      always,
    })),
  );
  const lastAt: number[] = [];
  const shapes = rows.flatMap(({ name, depth, share, always }, i) => {
    const y = i * rowHeight + rowHeight / 2;
    const x = depth * indent + 90;
    const parent = lastAt[depth - 1];
    lastAt[depth] = y;
    const line =
      parent === undefined || depth === 0 ? [] : [tag("path", { d: `M${x - indent + 6} ${parent + 8}V${y}H${x - 4}` })];
    const bar =
      depth === 0
        ? []
        : [
            tag("rect", {
              x: 0,
              y: y - 6,
              width: Math.round(share * 70),
              height: 12,
              class: always ? "always" : "some",
            }),
          ];
    return [...line, ...bar, tag("text", { x, y: y + 4 }, escapeHtml(name))];
  });
  const height = rows.length * rowHeight;
  return tag("svg", { width: 1000, height, viewBox: `0 0 1000 ${height}`, role: "img", "aria-label": "calls" }, shapes);
}
