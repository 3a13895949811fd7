import { namesOf } from "../../hunting/call.js";
import type { TraceAnalysis } from "../../tracing/analysis.js";
import { count } from "../../wording/numbers.js";
import type { Style } from "./palette.js";

/** The result for recorded traces, for a terminal. */
export function renderTraces(analysis: TraceAnalysis, { palette }: Style): string {
  const { scenario, successes, failures, others, calls, cuts, complete, most, suggestions } = analysis;
  const left = [
    ...(failures > 0 ? [count(failures, "failure")] : []),
    ...(others > 0 ? [count(others, "other request")] : []),
  ];
  const head = `${palette.heading(scenario)}  ${count(successes, "success", "successes")}${left.length === 0 ? "" : `; not looked at: ${left.join(", ")}`}`;
  const width = Math.max(4, ...calls.map(({ call }) => nameOf(call.id, call.name).length));
  const tree = calls.map(({ call, count, always }) => {
    const often = always ? palette.bad("always") : `${count} of ${successes}`;
    return `  ${nameOf(call.id, call.name).padEnd(width)}  ${often}`;
  });
  const singles = cuts.filter((cut) => cut.length === 1).length;
  const sets = cuts.map((cut) => `  ${cut.join(" + ")}`);
  const first = suggestions.map(
    ({ calls: ids, fault, why }) => `  ${ids.map((id) => `${fault} at ${id}`).join(" + ")}: ${why}`,
  );
  const parts = [
    head,
    [`${palette.heading("Calls")}  in how many successes each succeeded`, ...tree].join("\n"),
    [
      `${palette.heading("Cuts")}  sets of at most ${count(most, "call")} of which every success needed one; ${singles} of one call${complete ? "" : "; there are more"}`,
      ...sets,
    ].join("\n"),
    ...(first.length === 0 ? [] : [[`${palette.heading("To try first")}  with ldfi hunt`, ...first].join("\n")]),
    palette.faint("Nothing was injected: a call that was in every success may still have a fallback."),
  ];
  return `${parts.join("\n\n")}\n`;
}

function nameOf(id: string, name: string): string {
  return `${"  ".repeat(namesOf(id).length - 2)}${name}`;
}
