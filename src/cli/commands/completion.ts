import { loadProgram } from "../../program/load.js";
import { diagnosticCodes } from "../../source/codes.js";
import { exitStatus } from "../exit-status.js";
import type { Host } from "../host.js";
import type { TextJob } from "../job.js";
import type { Ending } from "../messages.js";
import type { OptionRow } from "../options/option.js";
import { optionsOf } from "../options/table.js";

export interface CompletionJob extends TextJob {
  readonly kind: "completion";
  readonly shell: "bash" | "zsh" | "fish" | "relations";
  /** For `relations`: the program's files that are on the command line. */
  readonly files: readonly string[];
  readonly commands: Commands;
}

type Commands = readonly { readonly name: string; readonly summary: string }[];

/** `ldfi completion SHELL` */
export function completionCommand({ shell, files, commands }: CompletionJob, host: Host): Ending {
  const stdout =
    shell === "relations"
      ? relationsIn(files, host)
      : shell === "bash"
        ? bash(commands)
        : shell === "zsh"
          ? zsh(commands)
          : fish(commands);
  return { stdout, stderr: "", files: [], status: exitStatus("holds") };
}

/** Beginnings of tuples, one per line; from a program with errors, those that can be parsed. */
function relationsIn(files: readonly string[], host: Host): string {
  const { trees } = loadProgram(
    files.filter((path) => path.endsWith(".ded")),
    host.reader,
  );
  const names = new Set<string>();
  for (const { statements } of trees)
    for (const statement of statements) {
      if (statement.kind === "fact") names.add(statement.atom.relation.text);
      if (statement.kind === "rule") names.add(statement.head.relation.text);
    }
  return [...names]
    .sort()
    .map((name) => `${name}(\n`)
    .join("");
}

interface Completed {
  readonly spellings: readonly string[];
  readonly help: string;
  readonly kind: "flag" | "value" | "choice" | "tuple" | "path";
  readonly choices: readonly string[];
}

const paths: readonly string[] = ["report", "dimacs", "includeDir", "proof", "cache", "baseline", "rates"];

function completed({ flags, help, arity, name }: OptionRow): Completed {
  const spellings = [...flags.matchAll(/(?<=^|, )--?[\w-]+/g)].map(([spelling]) => spelling);
  const isTuple = name === "why" || name === "whyNot";
  const kind =
    arity.kind === "choice"
      ? "choice"
      : arity.kind === "flag" || arity.kind === "negation"
        ? "flag"
        : isTuple
          ? "tuple"
          : paths.includes(name)
            ? "path"
            : "value";
  return { spellings, help, kind, choices: arity.kind === "choice" ? arity.choices : [] };
}

function optionsFor(command: string): readonly Completed[] {
  return optionsOf(command)
    .filter(({ hidden }) => hidden !== true)
    .map(completed);
}

/** The words that the argument of a command can be, if these are few. */
const argumentsOf: Readonly<Record<string, readonly string[]>> = {
  completion: ["bash", "zsh", "fish"],
  explain: Object.keys(diagnosticCodes),
};

/** The files that a command takes, if they are not programs. */
const filesOf: Readonly<Record<string, string>> = { hunt: "*.y*ml", verify: "*.json", trace: "*" };

function filesFor(command: string): string {
  return filesOf[command] ?? "*.ded";
}

function bash(commands: Commands): string {
  const oneOf = (words: readonly string[]): string => `COMPREPLY=($(compgen -W "${words.join(" ")}" -- "$cur"))`;
  const cases = commands.map(({ name: command }) => {
    const options = optionsFor(command);
    const words = options.flatMap(({ spellings }) => spellings).join(" ");
    const after = (wanted: Completed["kind"], action: string): readonly string[] => {
      const before = options.flatMap(({ kind, spellings }) => (kind === wanted ? spellings : []));
      return before.length === 0 ? [] : [`      ${before.join("|")}) ${action}return ;;`];
    };
    const values = [
      ...options.flatMap(({ kind, spellings, choices }) =>
        kind === "choice" ? [`      ${spellings.join("|")}) ${oneOf(choices)}; return ;;`] : [],
      ),
      ...after("tuple", "_ldfi_relations; "),
      ...after("path", "_ldfi_files '*'; "),
      ...after("value", ""),
    ];
    const named = argumentsOf[command];
    const rest = named === undefined ? `_ldfi_files '${filesFor(command)}'` : oneOf(named);
    return [
      `    ${command})`,
      `      case $prev in`,
      ...values,
      `      esac`,
      `      options="${words} --help"`,
      `      [[ $cur != -* ]] && { ${rest}; ${command === "break" ? "_ldfi_relations; " : ""}return; } ;;`,
    ].join("\n");
  });
  return `# Completions of ldfi for bash.
_ldfi() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command=\${COMP_WORDS[1]} options= IFS=$' \\t\\n'
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(" ")} --help --version" -- "$cur"))
    return
  fi
  case $command in
${cases.join("\n")}
  esac
  COMPREPLY=($(compgen -W "$options" -- "$cur"))
}
_ldfi_files() {
  local IFS=$'\\n'
  COMPREPLY+=($(compgen -f -X "!$1" -- "$cur") $([ "$1" = '*' ] || compgen -d -- "$cur"))
}
_ldfi_relations() {
  local IFS=$'\\n' quote=\${cur%%[!\\'\\"]*}
  local bare=\${cur#"$quote"}
  COMPREPLY+=($(compgen -W "$(ldfi completion relations -- "\${COMP_WORDS[@]:2:COMP_CWORD-2}" 2>/dev/null)" -P "$quote" -- "$bare"))
  compopt -o nospace 2>/dev/null
}
complete -o filenames -F _ldfi ldfi
`;
}

function zsh(commands: Commands): string {
  const described = commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`);
  const cases = commands.map(({ name: command }) => {
    const specs = optionsFor(command).flatMap(({ spellings, help, kind, choices }) =>
      spellings.map((spelling) => {
        const value =
          kind === "flag"
            ? ""
            : kind === "choice"
              ? `:value:(${choices.join(" ")})`
              : kind === "tuple"
                ? ":tuple:_ldfi_relations"
                : kind === "path"
                  ? ":file:_files"
                  : ":value:";
        return `      ${quoted(`*${spelling}[${help.replace(/[[\]:]/g, "\\$&")}]${value}`)}`;
      }),
    );
    const named = argumentsOf[command];
    const rest =
      named !== undefined
        ? `1:word:(${named.join(" ")})`
        : command === "break"
          ? "*:file:_ldfi_break"
          : `*:file:_files -g '${filesFor(command)}(-.)'`;
    return `    ${command}) _arguments -s \\\n${[...specs, `      ${quoted(rest)}`].join(" \\\n")} ;;`;
  });
  return `#compdef ldfi
# Completions of ldfi for zsh.
_ldfi_relations() {
  local -a found
  found=(\${(f)"$(ldfi completion relations -- \${words[2,-2]} 2>/dev/null)"})
  compadd -S '' -- $found
}
_ldfi_break() { _files -g '*.ded(-.)'; _ldfi_relations }
_ldfi() {
  local -a commands
  commands=(
${described.join("\n")}
  )
  if (( CURRENT == 2 )); then _describe command commands; return; fi
  local command=$words[2]
  shift words; (( CURRENT-- ))
  case $command in
${cases.join("\n")}
  esac
}
if [ "$funcstack[1]" = _ldfi ]; then _ldfi "$@"; else compdef _ldfi ldfi; fi
`;
}

function fish(commands: Commands): string {
  const lines = commands.flatMap(({ name: command, summary }) => [
    `complete -c ldfi -n __fish_use_subcommand -a ${command} -d ${quoted(summary)}`,
    ...optionsFor(command).map(({ spellings, help, kind, choices }) => {
      const words = spellings.map((s) => (s.startsWith("--") ? `-l ${s.slice(2)}` : `-s ${s.slice(1)}`)).join(" ");
      const value =
        kind === "flag"
          ? ""
          : kind === "choice"
            ? ` -x -a ${quoted(choices.join(" "))}`
            : kind === "tuple"
              ? " -x -a '(__ldfi_relations)'"
              : kind === "path"
                ? " -r"
                : " -x";
      return `complete -c ldfi -n '__fish_seen_subcommand_from ${command}' ${words}${value} -d ${quoted(help)}`;
    }),
  ]);
  const named = Object.entries(argumentsOf).map(
    ([command, words]) =>
      `complete -c ldfi -n '__fish_seen_subcommand_from ${command}' -x -a ${quoted(words.join(" "))}`,
  );
  return `# Completions of ldfi for fish.
function __ldfi_relations
  ldfi completion relations -- (commandline -opc)[3..-1] 2>/dev/null
end
complete -c ldfi -f -n __fish_use_subcommand
${named.join("\n")}
complete -c ldfi -n '__fish_seen_subcommand_from break' -a '(__ldfi_relations)'
${lines.join("\n")}
`;
}

/** In single quotes that all three shells read alike. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'"'"'`)}'`;
}
