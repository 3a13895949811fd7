import type { NumericBound } from "../faults/bounds.js";
import { boundRows } from "../faults/bounds.js";
import type { Budget } from "../faults/budget.js";
import { budget } from "../faults/budget.js";
import { kindBoundBy, kindOf } from "../faults/kinds.js";
import { unknownNodes } from "../program/lint/unknown-nodes.js";
import { inferNodes } from "../program/nodes.js";
import type { Program, RelationId } from "../program/program.js";
import type { Diagnostics } from "../source/diagnostic.js";
import { formatName, formatNames } from "../source/names.js";

export const DEFAULT_EOT = 6;

/** The options of a budget; `undefined` stands for the default. A number of faults may be Infinity: no bound. */
export interface BudgetOptions extends Readonly<Partial<Record<NumericBound, number | undefined>>> {
  /** End of time, ≥ 1; 6 by default. */
  readonly eot?: number | undefined;
  /** End of finite failures: messages sent before it can be lost; EOT − 1 by default. */
  readonly eff?: number | undefined;
  /** Inferred from the program by default. */
  readonly nodes?: readonly string[] | undefined;
  /** Nodes that are spared: no fault other than a cut involves them. */
  readonly spare?: readonly string[] | undefined;
}

/**
 * The budget of the options, or `undefined` if they are wrong. Errors and warnings are added to `diagnostics`. `roles`: the relations of the
 * specification, if they are not those of `defaultRoles`.
 */
export function boundsOf(
  program: Program,
  options: BudgetOptions,
  diagnostics: Diagnostics,
  roles?: readonly RelationId[],
): Budget | undefined {
  const eot = options.eot ?? DEFAULT_EOT;
  const eff = options.eff ?? Math.max(0, eot - 1);
  const reportBadOption = (message: string, help: string): void => diagnostics.report("bad-option", { message, help });
  if (!Number.isSafeInteger(eot) || eot < 1)
    reportBadOption(`the end of time (EOT) is ${eot}, and time begins at 1`, "give --eot an integer of at least 1");
  if (!Number.isSafeInteger(eff) || eff < 0)
    reportBadOption(`the end of finite failures (EFF) is ${eff}`, "give --eff an integer of at least 0");
  for (const { bound, key, least, canBeAny, noun } of boundRows) {
    const value = options[bound];
    if (value === undefined || (canBeAny && value === Number.POSITIVE_INFINITY)) continue;
    if (!Number.isSafeInteger(value) || value < least)
      reportBadOption(`${noun} is ${value}`, `give --${key} an integer of at least ${least}`);
  }
  if (diagnostics.hasErrors) return undefined;
  const nodes = options.nodes ?? inferNodes(program, eot, roles);
  const { crashes = 0, spare = [] } = options;
  if (crashes > nodes.length) {
    const names = nodes.length === 0 ? "are no nodes" : `${areNodes(nodes)}: ${formatNames(nodes, ", ")}`;
    reportBadOption(
      `--crashes is ${crashes}, but there ${names}`,
      `give --crashes at most ${nodes.length}, or name the nodes with --nodes`,
    );
    return undefined;
  }
  for (const node of spare) {
    if (nodes.includes(node)) continue;
    reportBadOption(
      `--spare names ${formatName(node)}, which is not a node`,
      `the nodes are ${formatNames(nodes, ", ")}`,
    );
  }
  if (diagnostics.hasErrors) return undefined;
  const bounds = budget(nodes, eot, eff, { ...numericBounds(options), spare });
  if (eff > eot && bounds.delays === 0) {
    diagnostics.report("eff-beyond-eot", {
      message: `EFF is ${eff}, later than EOT, which is ${eot}: messages can be lost to the very end`,
      help: "give the protocol time to recover: an EFF below EOT",
    });
  }
  for (const { key, noun } of boundRows.filter((row) => isVain(bounds, row.bound, options))) {
    diagnostics.report("no-such-fault", {
      message: `\`--${key}\` is given, but the budget admits no fault of that kind`,
      help: `${noun}: ${whyNone(bounds)}`,
    });
  }
  if (bounds.lateness > 1 && bounds.delays === 0 && bounds.duplicates === 0) {
    diagnostics.report("no-such-fault", {
      message: "`--lateness` is given, but no message may be late or arrive twice",
      help: "give --delays or --duplicates too",
    });
  }
  diagnostics.add(unknownNodes(program, { nodes: options.nodes ?? [] }));
  return bounds;
}

/** The numeric bounds that are set in some options. */
export function numericBounds(
  options: Readonly<Partial<Record<NumericBound, number | undefined>>>,
): Readonly<Partial<Record<NumericBound, number>>> {
  const given: Partial<Record<NumericBound, number>> = {};
  for (const { bound } of boundRows) {
    const value = options[bound];
    if (value !== undefined) given[bound] = value;
  }
  return given;
}

/** Whether a bound is given for a kind of fault that no schedule of the budget has. */
function isVain(b: Budget, bound: NumericBound, options: BudgetOptions): boolean {
  if ((options[bound] ?? 0) === 0 || bound === "lateness" || bound === "maxFaults") return false;
  return !kindOf(kindBoundBy(bound)).fits(b);
}

function whyNone({ nodes, spare, eff, eot }: Budget): string {
  const spared =
    spare.length === 0 ? "" : `, of which ${formatNames(spare, ", ")} ${spare.length === 1 ? "is" : "are"} spared`;
  return `there ${areNodes(nodes)}${spared}, and faults end at ${Math.min(eff, eot)}, the earlier of EFF and EOT`;
}

function areNodes({ length }: readonly string[]): string {
  return length === 1 ? "is 1 node" : `are ${length} nodes`;
}
