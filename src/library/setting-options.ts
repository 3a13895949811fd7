import { boundRows } from "../faults/bounds.js";
import { rolesOf } from "../program/specification.js";
import type { BreakOptions } from "../search/break.js";
import type { CheckOptions } from "../search/check.js";
import type { Setting } from "../search/search.js";
import { diagnostic } from "../source/diagnostic.js";
import type { WrongOption } from "./options.js";
import { optionName } from "./shapes.js";

/**
 * Options that belong to the setting but differ from those it was made with: a search would ignore them, and answer `crashes: 1`
 * without crashes.
 */
export function elsewhere(
  callee: string,
  { budget, program, specification }: Setting,
  options: CheckOptions | BreakOptions,
): readonly WrongOption[] {
  const numbers = ["eot", "eff", ...boundRows.map(({ bound }) => bound)] as const;
  const promises = specification.kind === "promises" ? specification.asked.map(({ name }) => name) : [];
  const roles = rolesOf(specification).map((id) => program.relations[id]?.name);
  const differing = [
    ...numbers.filter((name) => options[name] !== undefined && options[name] !== budget[name]),
    ...(["nodes", "spare"] as const).filter((name) => !isSameSet(options[name] ?? budget[name], budget[name])),
    ...(["pre", "post", "never"] as const).filter((name) => {
      const given: unknown = Reflect.get(options, name);
      return typeof given === "string" && !roles.includes(given);
    }),
    ...(isSameSet(options.promise ?? promises, promises) ? [] : ["promise"]),
  ];
  return differing.map((option) => ({
    option,
    diagnostic: diagnostic("bad-option", {
      message: `${optionName(option)} differs from that of the setting`,
      help: `pass it to \`prepare\`: \`${callee}\` takes the budget and the specification from the setting`,
    }),
  }));
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.every((name) => b.includes(name)) && b.every((name) => a.includes(name));
}
