import type { NumericBound } from "../../faults/bounds.js";
import { boundRow } from "../../faults/bounds.js";
import type { FaultWord } from "../../faults/notation.js";
import { notationOf, wordsAsTaught } from "../../faults/notation.js";
import { any, one, option } from "./option.js";
import { anyText, fault, numberFrom, numberOrAny, range } from "./values.js";

/*
 * What may go wrong: the schedule of `run`, and the bounds of the searches. faults/ defines how they are spelt and read,
 * here and as keys of `//!` lines.
 */

/** A fault of the run. */
function scheduled(word: FaultWord) {
  const notation = notationOf(word);
  return option({
    name: word,
    flags: `--${word} <${notation.letters}>`,
    commands: ["run"],
    part: "faults",
    arity: any(fault(notation)),
    help: notation.effect,
  });
}

/** A bound of the budget. */
function bound<const B extends NumericBound, const C extends string>(
  name: B,
  help: string,
  { short = "", commands }: { readonly short?: string; readonly commands: readonly C[] },
) {
  const { key, least, canBeAny } = boundRow(name);
  return option({
    name,
    flags: `${short}--${key} <n>`,
    commands,
    part: "bounds",
    arity: one(canBeAny ? numberOrAny(least) : numberFrom(least)),
    help,
  });
}

const searched = { commands: ["check", "break", "sweep", "repair", "playground"] } as const;

export const faultOptions = [
  ...wordsAsTaught.map(scheduled),
  option({
    name: "input",
    flags: "--input <fact>",
    commands: ["run"],
    part: "inputs",
    arity: any(anyText),
    help: 'choose a fact that a maybe or one-of line offers: \'vote("b","no")@1\'',
  }),

  bound("crashes", "nodes that crash for good (default: 0)", {
    short: "-c, ",
    commands: ["check", "break", "repair", "playground"],
  }),
  option({
    name: "crashes",
    flags: "-c, --crashes <range>",
    commands: ["sweep"],
    part: "ranges",
    heading: "bounds",
    arity: one(range),
    help: "nodes that crash for good; a number, or a range such as 0..2 (default: 0)",
  }),
  bound("omissions", "lost messages, or any (default: any)", searched),
  bound("delays", "late messages, or any (default: 0)", searched),
  bound("duplicates", "messages that arrive twice, or any (default: 0)", searched),
  bound("lateness", "late messages and copies are at most n instants late (default: 1)", searched),
  bound("partitions", "cuts that divide all nodes into two sides (default: 0)", searched),
  bound("partialPartitions", "cuts between some nodes; others reach both sides (default: 0)", searched),
  bound("oneWayPartitions", "cuts in one direction only (default: 0)", searched),
  bound("restarts", "nodes that go down and come back with only what is durable (default: 0)", searched),
  bound("pauses", "nodes that stop for a while and then continue (default: 0)", searched),
  bound("maxFaults", "faults of all kinds in total (default: no bound)", searched),
] as const;
