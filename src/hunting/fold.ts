import type { HuntFault, HuntFaults } from "./fault.js";
import { formatHuntFaults } from "./fault.js";
import type { HuntFinding } from "./result.js";
import type { CameCall } from "./run-view.js";

/** One finding for all sets at the same calls that fail in the same way; smallest first, then in the order found. */
export function foldFindings(findings: readonly HuntFinding[]): readonly HuntFinding[] {
  const folded: HuntFinding[] = [];
  for (const finding of [...findings].sort((a, b) => a.faults.length - b.faults.length)) {
    const at = folded.findIndex((other) => placesOf(other) === placesOf(finding) && sameFailure(other, finding));
    const first = folded[at];
    if (first === undefined) folded.push(finding);
    else folded[at] = { ...first, alike: [...first.alike, finding.faults, ...finding.alike] };
  }
  return folded;
}

/** Whether a set that fails like a finding disturbs the same calls, and so belongs to it. */
export function belongsTo(finding: HuntFinding, faults: HuntFaults, came: readonly CameCall[]): boolean {
  return faults.length === finding.faults.length && places(faults, came) === placesOf(finding);
}

function placesOf({ faults, failing }: HuntFinding): string {
  return places(faults, failing.calls);
}

/** The calls disturbed, whatever the kinds; a service that is down counts as the calls into it. */
function places(faults: HuntFaults, came: readonly CameCall[]): string {
  const disturbed = (fault: HuntFault): readonly string[] =>
    fault.kind === "call" ? [fault.call] : came.filter(({ service }) => service === fault.service).map(({ id }) => id);
  return [...new Set(faults.flatMap(disturbed))].sort().join("\n");
}

function sameFailure(a: HuntFinding, b: HuntFinding): boolean {
  return (
    a.failing.answer === b.failing.answer &&
    a.failing.outcome === b.failing.outcome &&
    a.faults.length === b.faults.length &&
    formatHuntFaults(a.faults) !== formatHuntFaults(b.faults)
  );
}
