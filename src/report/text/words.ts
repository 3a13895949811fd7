import type { Episode, Period } from "../../evidence/episodes.js";
import { episodesOf } from "../../evidence/episodes.js";
import type { Budget } from "../../faults/budget.js";
import { lastOmission } from "../../faults/channel-faults.js";
import type { Schedule } from "../../faults/schedule.js";
import { count, enumerate, formatNode } from "./values.js";

/** The marks that differ between a Unicode and an ASCII text. */
export interface Marks {
  readonly arrow: string;
  readonly range: string;
}

export const unicodeMarks: Marks = { arrow: "→", range: "–" };

/** A schedule as an operator would tell it, an episode a line. */
export function scheduleInWords(
  schedule: Schedule,
  nodes: readonly string[],
  marks: Marks = unicodeMarks,
): readonly string[] {
  return episodesOf(schedule).map((episode) => inWords(episode, nodes, marks));
}

function inWords(episode: Episode, nodes: readonly string[], marks: Marks): string {
  switch (episode.kind) {
    case "crash":
      return `${formatNode(episode.node)} crashes at ${episode.at}`;
    case "partition": {
      const others = group(episode.others, episode.nodes, nodes, "and");
      const verb = episode.nodes.length === 1 ? "is" : "are";
      return `${enumerate(episode.nodes.map(formatNode))} ${verb} cut off from ${others} ${during(episode.period, marks)}`;
    }
    case "one-way": {
      const { senders, receivers, period } = episode;
      const [from, to] = [senders[0] ?? "", receivers[0] ?? ""];
      if (senders.length === 1 && receivers.length === 1) {
        const channel = `${formatNode(from)} ${marks.arrow} ${formatNode(to)}`;
        if (period.from === period.to) return `one message ${channel}, sent at ${period.from}, is lost`;
        return `every message ${channel} sent during ${periodInWords(period, marks)} is lost`;
      }
      const sources = group(senders, receivers, nodes, "or");
      return `nothing that ${sources} ${senders.length === 1 ? "sends" : "send"} to ${group(receivers, senders, nodes, "or")} ${during(period, marks)} arrives`;
    }
    case "fault":
      return faultInWords(episode.fault, nodes, marks);
    default: {
      const never: never = episode;
      return never;
    }
  }
}

/** A fault that is an event of its own. */
function faultInWords(
  fault: Extract<Episode, { kind: "fault" }>["fault"],
  nodes: readonly string[],
  marks: Marks,
): string {
  switch (fault.kind) {
    case "restart":
      return `${formatNode(fault.node)} restarts: down at ${periodInWords({ from: fault.at, to: fault.until - 1 }, marks)}, back at ${fault.until}`;
    case "pause":
      return `${formatNode(fault.node)} stands still at ${periodInWords({ from: fault.at, to: fault.until - 1 }, marks)}`;
    case "partition":
    case "partial-partition": {
      const verb = fault.a.length === 1 ? "is" : "are";
      const others = group(fault.b, fault.a, nodes, "and");
      return `${enumerate(fault.a.map(formatNode))} ${verb} cut off from ${others} ${during({ from: fault.at, to: fault.until }, marks)}`;
    }
    case "one-way-partition": {
      const verb = fault.a.length === 1 ? "sends" : "send";
      const receivers = group(fault.b, fault.a, nodes, "or");
      return `what ${enumerate(fault.a.map(formatNode))} ${verb} does not reach ${receivers} ${during({ from: fault.at, to: fault.until }, marks)} (one way)`;
    }
    case "delay": {
      const late = fault.arrives - fault.at - 1;
      return `${lateMessage(fault)} arrives at ${fault.arrives}, ${count(late, "instant")} late`;
    }
    case "duplicate":
      return `${lateMessage(fault)} arrives at ${fault.at + 1} and again at ${fault.arrives}`;
  }
}

function lateMessage({ from, to, at }: { readonly from: string; readonly to: string; readonly at: number }): string {
  return `${formatNode(from)}'s message to ${formatNode(to)}, sent at ${at},`;
}

/** Names, or "all others" where they are everybody else and more than three. */
function group(
  members: readonly string[],
  apart: readonly string[],
  nodes: readonly string[],
  conjunction: string,
): string {
  const everybody = members.length > 3 && members.length === nodes.length - apart.length;
  if (everybody) return conjunction === "or" ? "any other node" : "all others";
  return enumerate(members.map(formatNode), conjunction);
}

function during(period: Period, marks: Marks): string {
  return period.from === period.to ? `at ${period.from}` : `during ${periodInWords(period, marks)}`;
}

/** `3`, `3–5`. */
export function periodInWords(period: Period, marks: Marks = unicodeMarks): string {
  return period.from === period.to ? String(period.from) : `${period.from}${marks.range}${period.to}`;
}

/** Instants as people write them: `1, 3–5`. */
export function instantsInWords(list: readonly number[], marks: Marks = unicodeMarks): string {
  const runs: { from: number; to: number }[] = [];
  for (const instant of list) {
    const last = runs.at(-1);
    if (last !== undefined && last.to === instant - 1) last.to = instant;
    else runs.push({ from: instant, to: instant });
  }
  return runs.map((run) => (run.to === run.from + 1 ? `${run.from}, ${run.to}` : periodInWords(run, marks))).join(", ");
}

/** What a budget allows, as the end of a sentence: "any messages sent before 3 lost, at most 1 of 3 nodes crashed". */
export function budgetInWords(budget: Budget, marks: Marks = unicodeMarks): string {
  const last = lastOmission(budget);
  const losses = last === 0 ? "no message lost" : `any messages sent ${during({ from: 1, to: last }, marks)} lost`;
  const crashes = budget.crashes === 0 ? "no crash" : `up to ${count(budget.crashes, "crash", "crashes")}`;
  return `${losses}, ${crashes}`;
}

/** "with 2 faults", "without any fault". */
export function withFaults(n: number): string {
  return n === 0 ? "without any fault" : `with ${count(n, "fault")}`;
}
