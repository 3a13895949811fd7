import type { Command, Example } from "./command.js";
import type { ExitStatus } from "./exit-status.js";

/* The text of `--help` apart from the list of options. */

/** Columns of a line; fewer if the terminal is narrower. */
export const helpWidth = 80;

export const rootDescription = `Checks distributed protocols, written in Dedalus, against lost, late and repeated messages, \
partitions, and nodes that crash, restart or pause: is there a pattern of such faults, within your bounds, under which the protocol breaks its promise?`;

const rootStatuses: Statuses = {
  0: "holds",
  1: "violated",
  2: "the program or the command line is wrong",
  3: "inconclusive: a limit or Ctrl-C came first",
  70: "a bug in ldfi",
};

export const rootNotes = after([
  examples([
    { line: "ldfi check broadcast.ded --eot 4 --eff 2", remark: "are losses at instant 1 survived?" },
    { line: "ldfi check broadcast.ded --crashes 1", remark: "… and one crash" },
    { line: "ldfi run broadcast.ded --omit a,b,1", remark: "the run with this message lost" },
    { line: "ldfi sweep broadcast.ded", remark: "at which bounds does it break?" },
    { line: "ldfi test programs/", remark: "every expectation in the files" },
  ]),
  "`ldfi COMMAND --help` shows the options of a command.",
  statuses(rootStatuses),
]);

type Statuses = Readonly<Partial<Record<ExitStatus, string>>>;
type Described = Pick<Command<string, never>, "summary" | "about" | "notes" | "examples" | "statuses">;

/** The text above the arguments and options of a command. */
export function description({ summary, about }: Described): string {
  const sentence = `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
  return about === undefined ? sentence : `${sentence}\n\n${about}`;
}

/** The text below them. */
export function notes({ notes: text, examples: lines, statuses: meanings }: Described): string {
  return after([
    ...(text === undefined ? [] : [text.split("\n").map(wrapped).join("\n")]),
    examples(lines),
    statuses(meanings),
  ]);
}

function after(paragraphs: readonly string[]): string {
  return `\n${paragraphs.join("\n\n")}\n`;
}

/** A paragraph in lines. */
function wrapped(paragraph: string): string {
  const lines = [""];
  for (const word of paragraph.split(" ")) {
    const line = lines.pop() ?? "";
    if (line === "") lines.push(word);
    else if (line.length + 1 + word.length <= helpWidth) lines.push(`${line} ${word}`);
    else lines.push(line, word);
  }
  return lines.join("\n");
}

/** The remarks are aligned in one column. */
function examples(list: readonly Example[]): string {
  const width = Math.max(...list.map(({ line, remark }) => (remark === undefined ? 0 : line.length)));
  const lines = list.map(({ line, remark }) => (remark === undefined ? line : `${line.padEnd(width)}  ${remark}`));
  return section("Examples:", lines);
}

function statuses(meanings: Statuses): string {
  const entries = Object.entries(meanings);
  const width = Math.max(...entries.map(([status]) => status.length));
  return section(
    "Exit status:",
    entries.map(([status, meaning]) => `${status.padStart(width)}  ${meaning}`),
  );
}

function section(heading: string, lines: readonly string[]): string {
  return [heading, ...lines.map((line) => `  ${line}`)].join("\n");
}
