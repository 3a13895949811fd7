import type { Command, Example } from "./command.js";

/* What `--help` says beyond the list of options. */

export const rootSummary = `Checks distributed protocols, written in Dedalus, against lost messages and crashed nodes: \
is there a pattern of such faults, within your bounds, under which the protocol breaks its promise?`;

export const rootExamples = `
${examples([
  {
    line: "ldfi check broadcast.ded --eot 4 --eff 2",
    remark: "messages sent at instant 1 may be lost; is that survived?",
  },
  { line: "ldfi check broadcast.ded --crashes 1", remark: "… and one node may crash" },
  { line: "ldfi run broadcast.ded --omit a,b,1", remark: "the run in which that message is lost, drawn" },
  { line: "ldfi sweep broadcast.ded", remark: "no bounds: find those at which it breaks" },
  { line: "ldfi test programs/", remark: "every expectation written in the files" },
])}
${statuses({ 0: "holds", 1: "violated", 2: "wrong program or command line", 3: "inconclusive", 70: "a bug in ldfi" })}
`;

/** The text after the options of one command. */
export function afterOptions({
  about,
  examples: lines,
  statuses: meanings,
}: Pick<Command<string, never>, "about" | "examples" | "statuses">): string {
  return `
${about === undefined ? "" : `${about}\n\n`}${examples(lines)}
${statuses(meanings)}
`;
}

/** The remarks stand in one column. */
function examples(list: readonly Example[]): string {
  const width = Math.max(...list.map(({ line, remark }) => (remark === undefined ? 0 : line.length)));
  const lines = list.map(({ line, remark }) =>
    remark === undefined ? `  ${line}\n` : `  ${line.padEnd(width)}   ${remark}\n`,
  );
  return `Examples:\n${lines.join("")}`;
}

function statuses(meanings: Command<string, never>["statuses"]): string {
  const each = Object.entries(meanings).map(([status, meaning]) => `${status} ${meaning}`);
  return `Exit status: ${each.join(" · ")}`;
}
