import type { Diagnostic } from "../../source/diagnostic.js";
import { diagnostic } from "../../source/diagnostic.js";
import { formatName, formatNames } from "../../source/names.js";
import { nearest } from "../../source/nearest.js";
import { inferNodes } from "../nodes.js";
import type { Program } from "../program.js";
import { possibleFacts } from "../program.js";
import { ruleTerms, subterms } from "../terms.js";
import type { LintOptions } from "./options.js";

/** Warns of a node of `--nodes` that occurs in no fact and no rule: most likely misspelt. */
export function unknownNodes(program: Program, { nodes = [] }: LintOptions): readonly Diagnostic[] {
  if (nodes.length === 0) return [];
  const constants = stringConstants(program);
  const unknown = nodes.filter((node) => !constants.has(node));
  if (unknown.length === 0) return [];
  const known = inferNodes(program, Number.MAX_SAFE_INTEGER);
  return unknown.map((node) => {
    const meant = nearest(node, known);
    return diagnostic("unknown-node", {
      message: `node \`${formatName(node)}\` appears nowhere in the program`,
      help:
        meant === undefined
          ? known.length === 0
            ? undefined
            : `the nodes of the program are ${formatNames(known, ", ")}`
          : `did you mean \`${formatName(meant)}\`?`,
    });
  });
}

function stringConstants(program: Program): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { args } of possibleFacts(program)) for (const arg of args) if (typeof arg === "string") found.add(arg);
  for (const term of program.rules.flatMap(ruleTerms).flatMap(subterms))
    if (term.kind === "constant" && typeof term.value === "string") found.add(term.value);
  return found;
}
