import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { version } from "../library/version.js";
import { shellCommand } from "../source/shell.js";
import { visibleLines } from "../source/strings.js";
import { enumerate } from "../wording/lists.js";
import type { Words } from "./command.js";
import { commonOf, defaultFormat } from "./common-options.js";
import type { ExitStatus } from "./exit-status.js";
import { exitStatus } from "./exit-status.js";
import { description, helpWidth, notes, rootDescription, rootNotes } from "./help.js";
import type { OptionRow } from "./options/option.js";
import { headings } from "./options/option.js";
import type { Options } from "./options/table.js";
import { optionsOf, optionTable } from "./options/table.js";
import type { Reader } from "./options/values.js";
import type { CommandName, Job } from "./registry.js";
import { commands, isCommand } from "./registry.js";
import type { Surroundings } from "./terminal.js";

export type Parsed =
  | { readonly kind: "job"; readonly job: Job }
  /** Help, or a complaint about the command line. */
  | { readonly kind: "text"; readonly stdout: string; readonly stderr: string; readonly status: ExitStatus };

/** Turns the arguments of `ldfi` into a job. Prints nothing, and reads only its parameters. */
export function parseCommandLine(argv: readonly string[], surroundings: Surroundings): Parsed {
  let stdout = "";
  let stderr = "";
  let job: Job | undefined;
  const root = parser(argv, surroundings, (parsed) => {
    job = parsed;
  });
  const { stdout: output } = surroundings;
  const columns = output.isTTY === true ? Math.min(output.columns ?? helpWidth, helpWidth) : helpWidth;
  for (const command of [root, ...root.commands]) {
    command.exitOverride().configureOutput({
      getOutHelpWidth: () => columns,
      getErrHelpWidth: () => columns,
      writeOut: (text) => (stdout += text),
      writeErr: (text) => (stderr += text),
      outputError: (text, write) =>
        write(
          visibleLines(text)
            .replace(/^error: /, "ldfi: ")
            .replace(/ argument '(.*?)' is invalid\. /, ": '$1' is not valid. "),
        ),
    });
  }
  try {
    root.parse(withoutAliases(withoutHelpForNothing(argv)), { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: "text", stdout, stderr, status: exitStatus("holds") };
    return {
      kind: "text",
      stdout,
      stderr: (optionElsewhere(error, stderr) ?? stderr) + hint(argv),
      status: exitStatus("wrong-input"),
    };
  }
  if (job === undefined)
    return { kind: "text", stdout: "", stderr: root.helpInformation(), status: exitStatus("wrong-input") };
  return { kind: "job", job };
}

/** Molly's spellings of options that have only one long name here. */
const aliases: ReadonlyMap<string, string> = new Map([
  ["--EOT", "--eot"],
  ["--EFF", "--eff"],
  ["--no-colour", "--no-color"],
]);

/** The command line with every alias replaced, up to a `--`. */
function withoutAliases(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf("--");
  return argv.map((word, i) => {
    if (end !== -1 && i >= end) return word;
    const [name = word, ...value] = word.split("=");
    const plain = aliases.get(name);
    return plain === undefined ? word : [plain, ...value].join("=");
  });
}

/** `help chekc` is refused as `chekc` is. */
function withoutHelpForNothing(argv: readonly string[]): readonly string[] {
  const [help, name = "-"] = argv;
  return help === "help" && !name.startsWith("-") && !isCommand(name) ? argv.slice(1) : argv;
}

/** The message for an option that only other commands have, unless an option of the command is spelt almost like it. */
function optionElsewhere({ code, message }: CommanderError, said: string): string | undefined {
  const [, flag] = (code === "commander.unknownOption" && /'(--[^'=]+)/.exec(message)) || [];
  if (flag === undefined) return undefined;
  const [, similar] = /\(Did you mean (--[\w-]+)\?\)/.exec(said) ?? [];
  if (similar?.startsWith(flag) === true || (similar !== undefined && flag.startsWith(similar))) return undefined;
  const rows: readonly OptionRow[] = optionTable;
  const owners = rows.flatMap((row) =>
    row.hidden !== true && row.flags.split(/[ ,]+/).includes(flag) ? row.commands : [],
  );
  if (owners.length === 0) return undefined;
  return `ldfi: unknown option '${flag}': it is an option of ldfi ${enumerate([...new Set(owners)])}\n`;
}

function hint(argv: readonly string[]): string {
  const [first] = argv;
  if (first?.endsWith(".ded") === true) return `Did you mean: ${shellCommand(["ldfi", "check", ...argv])}\n`;
  return `Try: ldfi ${first !== undefined && isCommand(first) ? `${first} ` : ""}--help\n`;
}

/** The parser of every command in the registry; a command gets its options only if it is among the arguments. */
function parser(argv: readonly string[], surroundings: Surroundings, use: (job: Job) => void): Command {
  const root = new Command("ldfi")
    .description(rootDescription)
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "show this help")
    .helpCommand("help [command]", "show the help of a command")
    .configureHelp({ subcommandTerm: (command) => command.name(), optionDescription: ({ description: text }) => text })
    .addHelpText("after", rootNotes);
  for (const entry of Object.values(commands)) {
    const command = root
      .command(entry.name)
      .summary(entry.summary)
      .description(description(entry))
      .helpOption("-h, --help", "show this help")
      .addHelpText("after", notes(entry));
    const { words } = entry;
    if (words !== undefined) command.argument(argumentOf(words), words.help);
    // Adding options takes most of the time of a `--help`, and only a command that is named needs them.
    if (argv.includes(entry.name)) for (const row of rowsInHelp(entry.name)) command.addOption(optionFrom(row));
    command.action((given: readonly string[] | string | undefined) => {
      const options: Options<CommandName> & { readonly color?: boolean } = command.opts();
      const job = entry.job({
        words: words === undefined || given === undefined ? [] : typeof given === "string" ? [given] : given,
        options: command.opts(),
        commands: Object.values(commands).map(({ name, summary }) => ({ name, summary })),
        common: commonOf(options, surroundings),
        defaultFormat: defaultFormat(surroundings),
      });
      if (job.kind === "misuse") command.error(`error: ${job.message}`);
      else use(job);
    });
  }
  return root;
}

function argumentOf({ name, count }: Words): string {
  switch (count) {
    case "one":
      return `<${name}>`;
    case undefined:
      return `<${name}...>`;
    case "at-most-one":
      return `[${name}]`;
    case "any-number":
      return `[${name}...]`;
    default: {
      const never: never = count;
      return never;
    }
  }
}

function rowsInHelp(command: string): readonly OptionRow[] {
  const order = Object.keys(headings);
  const place = ({ part, heading = part }: OptionRow): number => order.indexOf(heading);
  return [...optionsOf(command)].sort((a, b) => place(a) - place(b));
}

function optionFrom({ flags, help, part, heading = part, arity, hidden }: OptionRow): Option {
  const text = arity.kind === "list" ? `${help} (repeatable)` : help;
  const option = new Option(flags, text).helpGroup(headings[heading]).hideHelp(hidden === true);
  switch (arity.kind) {
    case "flag":
    case "negation":
      return option;
    case "value":
    case "optional-value":
      return option.argParser((text) => valueFrom(arity.read, text));
    case "list":
      return option.argParser((text, before: readonly unknown[] | undefined) => [
        ...(before ?? []),
        valueFrom(arity.read, text),
      ]);
    case "choice":
      return option.choices(arity.choices);
    default: {
      const never: never = arity;
      return never;
    }
  }
}

function valueFrom(read: Reader<unknown>, text: string): unknown {
  const result = read(text);
  if (result.kind === "problem") throw new InvalidArgumentError(result.message);
  return result.value;
}
