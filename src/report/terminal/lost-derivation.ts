import type { Cause, Difference, Reason } from "../../evidence/difference.js";
import type { Schedule } from "../../faults/schedule.js";
import type { Program, Value } from "../../program/program.js";
import { rulePlace } from "../text/source-text.js";
import { formatNode, formatTuple } from "../text/values.js";
import { instantsInWords } from "../text/words.js";
import { textGlyphs } from "./glyphs.js";
import type { Style } from "./palette.js";
import type { Tree } from "./tree.js";

/** What the failing run did, for the names of its crashes. */
export interface Telling {
  readonly program: Program;
  readonly schedule: Schedule;
  readonly style: Style;
}

/** A tuple has this many ways to come about before the rest are only counted. */
const mostCauses = 4;

/**
 * The difference as a tree, read downward: what is missing (or there), because of what, down to the faults.
 *
 *     post("b", "hi") at 4 is missing
 *     └ because missing("b", "hi") at 4 appears  simple.ded:9
 *       └ because log("b", "hi") is missing during 2–4  simple.ded:8
 *         └ ✗ a's message to b, sent at 1, is lost  simple.ded:5
 */
export function differenceTree(difference: Difference, telling: Telling): Tree {
  const told = difference.causes.slice(0, mostCauses).flatMap((cause) => causeTrees(cause, difference, telling));
  const more = difference.causes.length - mostCauses;
  const rest: readonly Tree[] = more > 0 ? [{ text: `and ${more} more ways, each of them cut`, children: [] }] : [];
  return { text: statement(difference, telling), children: [...told, ...rest] };
}

function statement({ kind, tuple, since }: Difference, { program, style }: Telling): string {
  const { range } = textGlyphs(style.unicode);
  const name = formatTuple(program, tuple.relation, tuple.args);
  const state = kind === "lost" ? style.palette.lost("is missing") : style.palette.lost("appears");
  if (since === tuple.instant) return `${name} at ${tuple.instant} ${state}`;
  return kind === "lost"
    ? `${name} ${state} during ${since}${range}${tuple.instant}`
    : `${name} ${state} at ${since} and stays`;
}

function causeTrees(cause: Cause, effect: Difference, telling: Telling): readonly Tree[] {
  const { program, style } = telling;
  const glyphs = textGlyphs(style.unicode);
  switch (cause.kind) {
    case "crash":
      return [{ text: `${glyphs.lost} the crash itself, which the specification may see`, children: [] }];
    case "message-lost": {
      const text = `${glyphs.lost} ${lostMessage(cause, telling)}`;
      return [
        {
          text: `${style.palette.lost(text)}  ${style.palette.faint(rulePlace(program, cause.rule, true))}`,
          children: [],
        },
      ];
    }
    case "firing":
      if (cause.because.length === 0)
        return [
          {
            text: `by another value of the group  ${style.palette.faint(rulePlace(program, cause.rule, true))}`,
            children: [],
          },
        ];
      return cause.because.map((reason) => reasonTree(reason, cause, effect, telling));
    default: {
      const never: never = cause;
      return never;
    }
  }
}

function reasonTree(
  reason: Reason,
  cause: Extract<Cause, { kind: "firing" }>,
  effect: Difference,
  telling: Telling,
): Tree {
  const place = telling.style.palette.faint(rulePlace(telling.program, cause.rule, true));
  switch (reason.kind) {
    case "difference": {
      const tree = differenceTree(reason.difference, telling);
      return { text: `because ${tree.text}  ${place}`, children: tree.children };
    }
    case "above": {
      const { tuple, change } = reason;
      const name = formatTuple(telling.program, tuple.relation, tuple.args);
      const also = effect.kind === "lost" ? "nor otherwise: " : "because ";
      return {
        text: `${also}${name} ${change === "lost" ? "is missing" : "appears"}, as told above  ${place}`,
        children: [],
      };
    }
    default: {
      const never: never = reason;
      return never;
    }
  }
}

function lostMessage(cause: Extract<Cause, { kind: "message-lost" }>, { schedule, style }: Telling): string {
  const glyphs = textGlyphs(style.unicode);
  const many = cause.instants.length > 1;
  const what = `${possessive(cause.from)} ${many ? "messages" : "message"} to ${formatNode(cause.to)}, sent at ${instantsInWords(cause.instants, glyphs)},`;
  switch (cause.fate) {
    case "omitted":
      return `${what} ${many ? "are" : "is"} lost`;
    case "sender-crashed": {
      const crash = schedule.find((f) => f.kind === "crash" && f.node === cause.from);
      return `${what} never ${many ? "leave" : "leaves"}: ${formatNode(cause.from)} ${crash === undefined ? "has crashed" : `crashed at ${crash.at}`}`;
    }
    case "sender-away":
      return `${what} never ${many ? "leave" : "leaves"}: ${formatNode(cause.from)} is away`;
    case "cut-off":
      return `${what} ${many ? "are" : "is"} lost: the two are cut off from each other`;
    case "not-a-node":
      return `${what} ${many ? "go" : "goes"} to a place that is not a node`;
    default: {
      const never: never = cause.fate;
      return never;
    }
  }
}

function possessive(node: Value): string {
  const name = formatNode(node);
  return name.endsWith("s") ? `${name}'` : `${name}'s`;
}
