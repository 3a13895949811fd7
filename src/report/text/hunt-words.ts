import type { CallId, Observation } from "../../hunting/call.js";
import { groupOf, namesOf } from "../../hunting/call.js";
import type { HuntFault, HuntFaults } from "../../hunting/fault.js";
import { formatHuntFaults } from "../../hunting/fault.js";
import type { RunEvent } from "../../hunting/options.js";
import type { HuntFacts, HuntVerdict } from "../../hunting/result.js";
import { shellCommand } from "../../source/shell.js";
import { count } from "../../wording/numbers.js";
import type { HuntReport } from "../hunt-report.js";

/* The words for hunts: each fact once, for every renderer. */

/** What one fault does. */
export function huntFaultInWords(fault: HuntFault): string {
  if (fault.kind === "down") return `${fault.service} is down: every call into it is refused`;
  const [, base = fault.fault, given] = /^([a-z-]+)(?:\((.*)\))?$/.exec(fault.fault) ?? [];
  const { call } = fault;
  const whom = call.endsWith("#all")
    ? `every one of ${groupOf(call)}`
    : call.endsWith("#any")
      ? `one of ${groupOf(call)}`
      : call;
  return `${whom} ${deeds[base]?.(given ?? "") ?? `meets ${fault.fault}`}`;
}

const deeds: Readonly<Record<string, (given: string) => string>> = {
  refused: () => "is refused",
  reset: () => "breaks off before it is heard",
  error: (given) => `is answered ${given.split(",")[0]} instead of being heard`,
  timeout: () => "is never answered, and not heard",
  "lost-response": () => "is carried out, and its answer is lost",
  duplicate: () => "is carried out twice",
  delay: (given) => `is carried out, and its answer held back for ${given}`,
  wrong: () => "is carried out, and its answer is corrupted",
};

/** The first word of the report. */
export function huntHeadline({ kind }: HuntVerdict): string {
  switch (kind) {
    case "violated":
    case "unfit":
      return "VIOLATED";
    case "covered":
      return "COVERED";
    case "sometimes":
      return "FAILS SOMETIMES";
    case "inconclusive":
      return "INCONCLUSIVE";
    default: {
      const never: never = kind;
      return never;
    }
  }
}

/** What follows it. */
export function huntSentence(verdict: HuntVerdict, facts: HuntFacts): string {
  const { budget, kinds } = facts;
  switch (verdict.kind) {
    case "unfit":
      return `without any fault: ${verdict.observation.outcome}`;
    case "violated": {
      const [first] = verdict.findings;
      const size = count(first.faults.length, "fault");
      const least = first.smallest ? "and no set without one of them" : "the smallest set found";
      const more = verdict.findings.length > 1 ? `; ${count(verdict.findings.length, "finding")}` : "";
      return `with ${size}, ${first.faults.length === 1 ? "and not without it" : least}${more}`;
    }
    case "covered": {
      const at = facts.unstable.length > 0 ? "stable calls" : "the calls that were seen";
      const sets = `every set of at most ${count(budget, "fault")} (${kinds.join(", ")}) at ${at}`;
      const followed = facts.sets - facts.ran;
      return `${sets} was run (${facts.ran}), or follows from runs (${Math.max(0, followed)})`;
    }
    case "sometimes":
      return `no set fails every time, but ${count(facts.sometimes.length, "set")} in some runs`;
    case "inconclusive":
      return facts.runs === 0
        ? `${verdict.stopped.detail}; nothing was decided`
        : `${verdict.stopped.detail}; ${count(facts.runs, "run")} so far, ${facts.ran} of at least ${facts.sets} sets`;
    default: {
      const never: never = verdict;
      return never;
    }
  }
}

/** What a COVERED rests on. */
export function assumptionsOf({ reach }: HuntFacts): readonly string[] {
  const always = "a call that comes under the same faults comes in the same way the next time";
  if (reach === "exact") return [always];
  const byService = [
    "what a service answers and calls depends only on the request, on the outcomes of its own calls, and on the unsafe requests that it carried out before",
    "state matters only through unsafe requests (not GET, HEAD or OPTIONS) that were carried out",
  ];
  return reach === "by-service"
    ? byService
    : [...byService, "outcomes that a caller treated alike under single faults stay alike under several"];
}

/** What a reader has to know before relying on the verdict; may be empty. */
export function reservationsOf({
  result: { facts },
  foreign,
  undigested,
  byArrival,
  ambiguousCallers,
  tracesElsewhere,
  dark,
  unusedProxies,
}: HuntReport): readonly string[] {
  const list = (ids: readonly string[]): string => ids.map((id) => `\n  ${id}`).join("");
  const found: string[] = [];
  if (facts.unstable.length > 0) found.push(`these calls are not made in every run:${list(facts.unstable)}`);
  if (facts.contradictions.length > 0)
    found.push(
      `these requests were handled differently under the same conditions:${list(facts.contradictions.map(withoutDigest))}`,
    );
  if (facts.spared.length > 0) found.push(`these calls were spared:${list(facts.spared)}`);
  if (facts.outOfReach.length > 0)
    found.push(`these calls were seen in traces, and no faults could be injected into them:${list(facts.outOfReach)}`);
  if (dark.length > 0)
    found.push(
      `these services have no hook, no edge from them, and send no spans, so calls that they make are not seen:${list(dark)}`,
    );
  if (unusedProxies.length > 0)
    found.push(`nothing came through these proxies; are their callers configured to use them?${list(unusedProxies)}`);
  if (foreign.length > 0)
    found.push(`calls to these hosts had no faults, since the file does not name them:${list(foreign)}`);
  if (facts.notInjected.length > 0)
    found.push(
      `these sets could not be injected, nor what contains them:${list(facts.notInjected.map(formatHuntFaults))}`,
    );
  if (facts.cleanFailures > 0)
    found.push(`${count(facts.cleanFailures, "run")} without faults failed between the others`);
  if (facts.incomplete > 0)
    found.push(
      `${count(facts.incomplete, "run")} ended with calls whose end was not reported; nothing was concluded from them`,
    );
  if (undigested.length > 0)
    found.push(`these calls carry more than 64 KiB or a stream, and are not told apart by it:${list(undigested)}`);
  if (byArrival.length > 0)
    found.push(
      `these calls are concurrent under faults and their contents do not distinguish them in every run, so they are numbered by arrival:${list(byArrival)}`,
    );
  if (tracesElsewhere) found.push("port 4318 is taken: services that ldfi did not start send their spans elsewhere");
  if (ambiguousCallers > 0)
    found.push(`${count(ambiguousCallers, "call")} at proxies had more than one possible caller`);
  return found;
}

function withoutDigest(key: string): string {
  return key.replace(/ +after \[.*$/, "").replace(/ [0-9a-f]{6}$/, "");
}

/** What keeps the loss of each call from doing harm, a line for each call and way. */
export function coversInWords({ covers, kinds }: HuntFacts): readonly string[] {
  const byCall = new Map<CallId, Map<string, string[]>>();
  for (const { faults, call, outcome, instead } of covers) {
    const [fault] = faults;
    if (fault?.kind !== "call") continue;
    const how =
      instead.length > 0 ? `${outcome}, by ${instead.map((id) => namesOf(id).slice(-1)[0]).join(", ")}` : outcome;
    const ways = byCall.get(call) ?? new Map<string, string[]>();
    ways.set(how, [...(ways.get(how) ?? []), fault.fault]);
    byCall.set(call, ways);
  }
  const kindsOfCalls = kinds.filter((kind) => kind !== "down").length;
  return [...byCall].flatMap(([call, ways]) =>
    [...ways].map(
      ([how, faults]) => `${call}: ${how}${faults.length === kindsOfCalls ? "" : ` (${faults.join(", ")})`}`,
    ),
  );
}

/** What the calls of a run carried, where that was recorded, and what the scenario's request was answered. */
export function bodiesInWords({ root, body, calls }: Observation): readonly string[] {
  const carried = calls.flatMap(({ name, recorded }) => {
    if (recorded === undefined) return [];
    const { path, sent, answered } = recorded;
    const words = [
      ...(sent === "" ? [] : [`sent ${shown(sent)}`]),
      answered === undefined ? "no answer" : `answered ${shown(answered)}`,
    ];
    return [`${name} ${shown(path)}: ${words.join(", ")}`];
  });
  return body === undefined ? carried : [`${root.id}: answered ${shown(body)}`, ...carried];
}

const longestShown = 300;

/** On one line, without control characters of a terminal. */
function shown(text: string): string {
  const cut = text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
  return /[\p{C}]/u.test(cut) ? JSON.stringify(cut).replace(/\p{C}/gu, "?") : cut;
}

/** The command that repeats a run. */
export function huntReplay(file: string, faults: HuntFaults): string {
  return shellCommand(["ldfi", "hunt", file, "--only", formatHuntFaults(faults)]);
}

/** The effort: runs and time. */
export function runsInWords({ result: { facts }, milliseconds, resumed }: HuntReport): string {
  const before = resumed === 0 ? "" : `, ${resumed} of them made before`;
  return `${count(facts.runs, "run")}${before} for ${count(facts.sets, "fault set")} over ${count(facts.calls.size, "call")}, ${(milliseconds / 1000).toFixed(1)} s`;
}

/** The line that is printed when a run has ended. */
export function runLine({ number, faults, purpose, observation, newCalls }: RunEvent): string {
  const verdict = observation.good ? observation.outcome : `BAD: ${observation.outcome}`;
  const why = purpose === "search" || (purpose === "calibrate" && faults.length === 0) ? "" : ` [${purposes[purpose]}]`;
  const learned = newCalls.length === 0 ? "" : ` · ${count(newCalls.length, "new call")}`;
  return `${String(number).padStart(4)}  ${formatHuntFaults(faults)}${why}: ${verdict}${learned}`;
}

const purposes: Readonly<Record<RunEvent["purpose"], string>> = {
  calibrate: "clean",
  search: "",
  confirm: "again",
  clean: "clean run between",
  smaller: "without one fault",
  repeat: "again, since chance is at work",
};
