import type { Finding } from "../../baseline/finding.js";
import { placesOf } from "../../search/warning-subjects.js";
import type { Span } from "../../source/source.js";
import type { CheckReport } from "../check-report.js";
import { blamedPlaces } from "./blamed-places.js";

/**
 * The line to blame for a regression: for a verdict or a schedule the first rule whose message was cut, for a warning its subject.
 * Nothing if the question changed, since that is not in the program.
 */
export function blamedFor(finding: Finding, { verdict, program, evidence }: CheckReport): Span | undefined {
  switch (finding.kind) {
    case "verdict":
    case "faults":
    case "minimal": {
      if (verdict.kind !== "violated") return undefined;
      const [blamed] = blamedPlaces(evidence?.violation, program);
      const relation = verdict.counterexample.witnesses[0]?.relation;
      return blamed?.span ?? program.rules.find((rule) => rule.head.relation === relation)?.span;
    }
    case "warning": {
      const own = verdict.warnings.find(({ kind }) => kind === finding.warning?.code);
      return own === undefined ? undefined : placesOf(own, program).get(finding.warning?.subject ?? "");
    }
    case "budget":
    case "fault-kind":
    case "expectations":
    case "incomparable":
      return undefined;
    default: {
      const never: never = finding.kind;
      return never;
    }
  }
}
