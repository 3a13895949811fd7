import { Command, CommanderError, Option } from "commander";
import type { Fault } from "../faults/schedule.js";
import { visibleLines } from "../source/strings.js";
import type { RawOutput, RawParameters, RawSearch } from "./command-options.js";
import {
  addBounds,
  addFiles,
  addLimits,
  addOutput,
  addParameters,
  addSearch,
  parameters,
  searchParameters,
} from "./command-options.js";
import type { ExitStatus } from "./exit-status.js";
import { exitStatus } from "./exit-status.js";
import { given } from "./given.js";
import * as help from "./help.js";
import type { Format, Job, Reporter } from "./job.js";
import { checkReport, crash, omission, positive, report, seconds, several, shard, withoutAliases } from "./options.js";
import type { RawSweep } from "./sweep-options.js";
import { addSweep, sweepOptions } from "./sweep-options.js";
import type { Surroundings, Terminal } from "./terminal.js";
import { terminalOf } from "./terminal.js";
import { version } from "./version.js";

export type Parsed =
  | { readonly kind: "job"; readonly job: Job }
  /** Help, or a complaint about the command line. */
  | { readonly kind: "text"; readonly stdout: string; readonly stderr: string; readonly status: ExitStatus };

/** Turns the words after `ldfi` into a job. Prints nothing; reads nothing but its arguments. */
export function parseCommandLine(argv: readonly string[], surroundings: Surroundings): Parsed {
  let stdout = "";
  let stderr = "";
  let job: Job | undefined;
  const root = table(surroundings, (parsed) => {
    job = parsed;
  });
  for (const command of [root, ...root.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => (stdout += text),
      writeErr: (text) => (stderr += text),
      outputError: (text, write) =>
        write(
          visibleLines(text)
            .replace(/^error: /, "ldfi: ")
            .replace(/argument '(.*?)' is invalid\. /, "'$1': "),
        ),
    });
  }
  try {
    root.parse(withoutAliases(argv), { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: "text", stdout, stderr, status: exitStatus("holds") };
    return { kind: "text", stdout, stderr: stderr + hint(argv), status: exitStatus("wrong-input") };
  }
  if (job === undefined)
    return { kind: "text", stdout: "", stderr: root.helpInformation(), status: exitStatus("wrong-input") };
  return { kind: "job", job };
}

function hint(argv: readonly string[]): string {
  const [first] = argv;
  if (first?.endsWith(".ded") === true) return `Did you mean: ldfi check ${argv.join(" ")}\n`;
  return "Try: ldfi --help\n";
}

/** Every command: its options, and the job that they make. */
function table(surroundings: Surroundings, use: (job: Job) => void): Command {
  const root = new Command("ldfi")
    .description(help.summary)
    .version(version)
    .helpCommand(true)
    .addHelpText("after", help.root);
  const terminal = (raw: RawOutput): Terminal =>
    terminalOf(surroundings, { noColour: !raw.color, ascii: raw.ascii === true });
  const common = (files: readonly string[], raw: Pick<RawParameters, "includeDir"> & RawOutput) => ({
    files,
    includeDirs: raw.includeDir ?? [],
    format: raw.format ?? defaultFormat(surroundings),
    quiet: raw.quiet === true,
    terminal: terminal(raw),
  });

  const check = root
    .command("check")
    .description(help.check.summary)
    .argument("<file...>", "the program; - is standard input");
  addOutput(addFiles(addSearch(addParameters(check))), ["pretty", "json", "github"])
    .option("-v, --verbose", "also tell what each fault is for, and show the tables at the end of time")
    .option(
      "--report <file>",
      "also write a report: .html, .json, .xml (JUnit), .sarif, .dot or .md (repeatable)",
      several(checkReport),
    )
    .option("--dimacs <file>", "write the question as a CNF file, for another solver")
    .optionsGroup("What to do with the answer:")
    .option("--all", "find every minimal counterexample, not only a smallest one")
    .option("--strict", "warnings fail: exit status 1 if the verdict may say less than it seems")
    .option("--margin", "if it holds: what it rests on, and how many faults beyond the budget it takes")
    .option("--pin", "append the counterexample to the program as a `//! run` line")
    .addHelpText("after", help.check.details)
    .action((files: readonly string[], raw: RawSearch & RawOutput & RawCheck) => {
      const {
        all = false,
        strict = false,
        pin = false,
        margin = false,
        verbose = false,
        report: reports = [],
        dimacs,
      } = raw;
      use({
        kind: "check",
        ...common(files, raw),
        parameters: searchParameters(raw),
        all,
        strict,
        pin,
        margin,
        verbose,
        reports,
        ...given({ dimacs }),
      });
    });

  const run = root
    .command("run")
    .description(help.run.summary)
    .argument("<file...>", "the program; - is standard input");
  run
    .optionsGroup("The faults:")
    .option("--omit <F,T,t>", "lose what F sends to T at instant t (repeatable)", several(omission))
    .option("--crash <N,t>", "N sends nothing from instant t on (repeatable)", several(crash));
  addParameters(run)
    .optionsGroup("What to show:")
    .option("--tables [instant]", "the relations at an instant (default: at the end of time)", (text) => positive(text))
    .option("--why <tuple>", 'how a tuple came about, e.g. \'log("c","hello")@5\'')
    .option("--why-not <tuple>", "what stood in the way of a tuple");
  addOutput(addFiles(run).option("--timeout <seconds>", "stop after that time", seconds), ["pretty", "json"])
    .addHelpText("after", help.run.details)
    .action((files: readonly string[], raw: RawParameters & RawOutput & RawRun) => {
      const { omit = [], crash: crashes = [], tables, why, whyNot, timeout } = raw;
      const shown = given({ tables: tables === true ? ("eot" as const) : tables, why, whyNot, timeout });
      use({ kind: "run", ...common(files, raw), parameters: parameters(raw), faults: [...crashes, ...omit], ...shown });
    });

  const breaking = root
    .command("break")
    .description(help.breaking.summary)
    .argument("<file...>", "the program, and last the tuple");
  addOutput(addFiles(addLimits(addBounds(breaking))), ["pretty", "json"])
    .option("--appear", "look for faults that make the tuple appear, instead of removing it")
    .option("--dimacs <file>", "write the question as a CNF file, for another solver")
    .addHelpText("after", help.breaking.details)
    .action(
      (
        words: readonly string[],
        raw: RawSearch & RawOutput & { readonly appear?: boolean; readonly dimacs?: string },
      ) => {
        const tuple = words.at(-1) ?? "";
        if (words.length < 2)
          breaking.error("error: a program and a tuple are wanted: ldfi break FILE 'leader(\"a\",1)@5'");
        const { appear = false, dimacs } = raw;
        use({
          kind: "break",
          ...common(words.slice(0, -1), raw),
          parameters: searchParameters(raw),
          tuple,
          appear,
          ...given({ dimacs }),
        });
      },
    );

  const sweep = root
    .command("sweep")
    .description(help.sweep.summary)
    .argument("<file...>", "the program; - is standard input");
  addOutput(addFiles(addSearch(addSweep(sweep))), ["pretty", "json"])
    .addHelpText("after", help.sweep.details)
    .action((files: readonly string[], raw: RawSweep & RawOutput) => {
      use({ kind: "sweep", ...common(files, raw), ...sweepOptions(raw) });
    });

  root
    .command("test")
    .description(help.test.summary)
    .argument("<path...>", "programs, or folders to search for them")
    .option("--filter <text>", "only expectations whose file or name holds the text")
    .option("--shard <I/N>", "only the I-th of N parts, for a CI matrix", shard)
    .option("--bail", "stop at the first failure")
    .option("--jobs <n>", "worker threads (default: as many as there are processors)", positive)
    .option("--timeout <seconds>", "stop after that time", seconds)
    .option("--include-dir <folder>", "where else to look for included files (repeatable)", several(String))
    .addOption(new Option("--reporter <name>", "how to print the results").choices(["default", "json", "junit"]))
    .option("--report <file>", "also write a report: .json, .xml (JUnit) or .md (repeatable)", several(report))
    .option("-q, --quiet", "print failures and the summary only")
    .option("--no-color", "no colours")
    .option("--ascii", "draw with ASCII characters only")
    .addHelpText("after", help.test.details)
    .action((paths: readonly string[], raw: RawOutput & RawTest) => {
      const {
        includeDir: includeDirs = [],
        bail = false,
        quiet = false,
        reporter: name = "default",
        report: reports = [],
      } = raw;
      const { filter, shard: part, jobs, timeout } = raw;
      const optional = given({ filter, shard: part, jobs, timeout });
      use({
        kind: "test",
        paths,
        includeDirs,
        reporter: name,
        reports,
        bail,
        quiet,
        terminal: terminal(raw),
        ...optional,
      });
    });
  return root;
}

interface RawCheck {
  readonly all?: boolean;
  readonly strict?: boolean;
  readonly pin?: boolean;
  readonly margin?: boolean;
  readonly verbose?: boolean;
  readonly report?: readonly string[];
  readonly dimacs?: string;
}

interface RawRun {
  readonly omit?: readonly Fault[];
  readonly crash?: readonly Fault[];
  readonly tables?: number | true;
  readonly why?: string;
  readonly whyNot?: string;
  readonly timeout?: number;
}

interface RawTest {
  readonly filter?: string;
  readonly shard?: { readonly index: number; readonly count: number };
  readonly bail?: boolean;
  readonly jobs?: number;
  readonly timeout?: number;
  readonly includeDir?: readonly string[];
  readonly reporter?: Reporter;
  readonly report?: readonly string[];
}

function defaultFormat({ env }: Surroundings): Format {
  return env.GITHUB_ACTIONS === "true" ? "github" : "pretty";
}
