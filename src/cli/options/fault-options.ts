import type { NumericBound } from "../../faults/bounds.js";
import { boundRow } from "../../faults/bounds.js";
import type { FaultWord } from "../../faults/notation.js";
import { notationOf } from "../../faults/notation.js";
import { any, one, option } from "./option.js";
import { fault, numberFrom, numberOrAny, range } from "./values.js";

/*
 * What may go wrong: the schedule of `run`, and the bounds of the searches. How they are spelt and read is in faults/, where
 * the keys of `//!` lines have it from too.
 */

/** A fault of the run. */
function scheduled<const W extends FaultWord>(word: W, help: string) {
  const notation = notationOf(word);
  return option({
    name: word,
    flags: `--${word} <${notation.letters}>`,
    commands: ["run"],
    part: "faults",
    arity: any(fault(notation)),
    help,
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

/** Of the kinds of faults those whose budgets are counted, worded and explained: the engine decides others too. */
export const faultOptions = [
  scheduled("crash", "N sends nothing from instant t on"),
  scheduled("omit", "what F sends to T at instant t is lost"),

  bound("crashes", "nodes that crash for good (default: 0)", { short: "-c, ", commands: ["check", "break"] }),
  option({
    name: "crashes",
    flags: "-c, --crashes <range>",
    commands: ["sweep"],
    part: "ranges",
    heading: "bounds",
    arity: one(range),
    help: "nodes that crash for good; a number, or a range such as 0..2 (default: 0)",
  }),
] as const;
