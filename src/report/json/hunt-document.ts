import type { Observation } from "../../hunting/call.js";
import type { HuntFaults } from "../../hunting/fault.js";
import { formatHuntFaults } from "../../hunting/fault.js";
import type { HuntFinding, HuntVerdict } from "../../hunting/result.js";
import type { HuntReport } from "../hunt-report.js";
import { assumptionsOf, huntReplay, huntSentence, reservationsOf } from "../text/hunt-words.js";
import type { Envelope } from "./envelope.js";
import { formatVersion } from "./envelope.js";
import type { JsonObject } from "./json.js";

/** A hunt as JSON (schema/hunt.schema.json). */
export function huntDocument(report: HuntReport, envelope: Envelope): JsonObject {
  const { result, file, name, milliseconds, resumed } = report;
  const { verdict, facts } = result;
  return {
    format: formatVersion,
    ...envelope,
    file,
    name,
    verdict: verdict.kind,
    sentence: huntSentence(verdict, facts),
    ...detailsOf(verdict, file),
    budget: { faults: facts.budget, kinds: facts.kinds },
    reach: facts.reach,
    runs: facts.runs,
    resumed,
    sets: { ran: facts.ran, all: facts.sets },
    calls: [...facts.calls].map(([id, service]) => ({ id, service })),
    sometimes: facts.sometimes.map(({ faults, failed, runs, failing }) => ({
      faults: faultsJson(faults),
      failed,
      runs,
      outcome: failing.outcome,
    })),
    covers: facts.covers.map(({ faults, call, outcome, instead }) => ({
      faults: faultsJson(faults),
      call,
      outcome,
      instead,
    })),
    assumptions: assumptionsOf(facts),
    reservations: reservationsOf(report),
    milliseconds: Math.round(milliseconds),
  };
}

function detailsOf(verdict: HuntVerdict, file: string): JsonObject {
  switch (verdict.kind) {
    case "violated":
      return {
        complete: verdict.complete,
        findings: verdict.findings.map((finding) => findingJson(finding, file)),
      };
    case "unfit":
      return { observation: observationJson(verdict.observation) };
    case "covered":
      return { plain: verdict.plain };
    case "inconclusive":
      return { reason: verdict.stopped.reason, detail: verdict.stopped.detail };
    case "sometimes":
      return {};
    default: {
      const never: never = verdict;
      return never;
    }
  }
}

function findingJson({ faults, smallest, failing, nearest, alike, confirmed }: HuntFinding, file: string): JsonObject {
  return {
    faults: faultsJson(faults),
    text: formatHuntFaults(faults),
    smallest,
    confirmed,
    failing: observationJson(failing),
    nearest: { faults: faultsJson(nearest.faults), observation: observationJson(nearest.observation) },
    alike: alike.map(faultsJson),
    replay: huntReplay(file, faults),
  };
}

function faultsJson(faults: HuntFaults): readonly JsonObject[] {
  return faults.map((fault) =>
    fault.kind === "down"
      ? { kind: "down", service: fault.service }
      : { kind: "call", call: fault.call, fault: fault.fault },
  );
}

function observationJson({ good, outcome, answer, complete, calls, body }: Observation): JsonObject {
  return {
    good,
    outcome,
    answer,
    complete,
    ...(body === undefined ? {} : { body }),
    calls: calls.map(({ id, caller, service, method, route, outcome: seen, injected, recorded }) => ({
      id,
      caller,
      service,
      method,
      route,
      outcome: seen,
      ...(injected === undefined ? {} : { injected }),
      ...(recorded === undefined ? {} : { recorded: { ...recorded } }),
    })),
  };
}
