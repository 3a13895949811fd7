import type { Episode } from "../../evidence/episodes.js";
import { episodesOf } from "../../evidence/episodes.js";
import type { Schedule } from "../../faults/schedule.js";
import { cutInWords, faultInWords, groupInWords } from "../../faults/words.js";
import { duringInWords, periodInWords } from "../../wording/instants.js";
import type { Marks } from "../../wording/marks.js";
import { unicodeMarks } from "../../wording/marks.js";
import { formatNode } from "./tuples.js";

/** A schedule as an operator would report it, one episode per line. */
export function scheduleInWords(
  schedule: Schedule,
  nodes: readonly string[],
  marks: Marks = unicodeMarks,
): readonly string[] {
  return episodesOf(schedule).map((episode) => inWords(episode, nodes, marks));
}

function inWords(episode: Episode, nodes: readonly string[], marks: Marks): string {
  switch (episode.kind) {
    case "fault":
      return faultInWords(episode.fault, nodes, marks);
    case "two-way":
      return cutInWords(episode.nodes, episode.others, episode.period, nodes, marks);
    case "one-way": {
      const { senders, receivers, period } = episode;
      const [from, to] = [senders[0] ?? "", receivers[0] ?? ""];
      if (senders.length === 1 && receivers.length === 1)
        return `every message ${formatNode(from)} ${marks.arrow} ${formatNode(to)} sent during ${periodInWords(period, marks)} is lost`;
      const sources = groupInWords(senders, receivers, nodes, "or");
      return `nothing that ${sources} ${senders.length === 1 ? "sends" : "send"} to ${groupInWords(receivers, senders, nodes, "or")} ${duringInWords(period, marks)} arrives`;
    }
    default: {
      const never: never = episode;
      return never;
    }
  }
}
