// Runs every expectation of programs/ and writes the results into programs/README.md: `npm run build && node scripts/programs-table.mjs`.
// With --check nothing is written, and the exit status says whether programs/README.md is what would be written (times aside).
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const readme = join(root, "programs", "README.md");
const checking = process.argv.includes("--check");

/** The folders in the order of the page, with their programs in the order in which to read them. */
const groups = {
  delivery: [
    "Broadcast and delivery",
    "simple retry classic redundant ack exactly-once-unkeyed exactly-once fifo-unversioned fifo",
  ],
  commit: [
    "Atomic commitment",
    "2pc 2pc-timeout 2pc-ctp 3pc 2pc-recovery-volatile 2pc-recovery any-vote-majority any-vote",
  ],
  consensus: [
    "Consensus and election",
    "flp-tie flp flp-rotating paxos-minority paxos-synod raft-votes-twice raft-election two-leaders-forgotten two-leaders raft-log-volatile raft-log one-way one-way-check-quorum bully",
  ],
  replication: [
    "Replication",
    "primary-backup-async primary-backup-sync chain quorum-weak quorum smr-unordered smr kafka-isr kafka-isr-min kafka-isr-clean fsync-late fsync split-brain split-brain-witness partial partial-asked",
  ],
  gossip: ["Gossip", "kv-last-writer kv counter name-collision name-incarnation"],
  membership: [
    "Membership and discovery",
    "heartbeat-final heartbeat view-any view-majority registry-cache registry lease lease-fenced one-way one-way-probes one-way-refuted",
  ],
  streaming: ["Streams", "flux-one-ack flux pipeline-skips pipeline"],
  services: [
    "Services",
    "tiers retry-queue-twice retry-queue failover-acked failover nxm-call handover-overlap handover circuit circuit-keyed",
  ],
  large: [
    "Protocols of real size, each with rules that are wrong",
    "raft raft-figure-8 raft-any-log raft-two-copies multi-paxos multi-paxos-two-of-five multi-paxos-oldest multi-paxos-careless " +
      "vsr vsr-longest vsr-two-offers vsr-old-view percolator percolator-overtaken percolator-impatient percolator-alone " +
      "chain chain-head chain-own-judgement chain-shortcut shards shards-late-put shards-too-early shards-sent-once",
  ],
  bugs: [
    "Published bugs, each with its repair",
    "primary-backup-async primary-backup-async-fixed cassandra-2083 cassandra-2083-fixed cassandra-2434 cassandra-2434-fixed " +
      "mapreduce-2995 mapreduce-2995-fixed mapreduce-3858 mapreduce-3858-fixed zookeeper-1270 zookeeper-1270-fixed " +
      "xraft-27 xraft-27-fixed cornerstone-65 cornerstone-65-fixed little-raft-44 little-raft-44-fixed " +
      "hazelcast-16643 hazelcast-16643-fixed openraft-2083 openraft-2083-fixed nats-7564 nats-7564-fixed " +
      "occurrent-661 occurrent-661-fixed consul-12879 consul-12879-fixed",
  ],
};

/** Every expectation with its result, by program; one at a time where times are to be written. */
function results() {
  const jobs = checking ? [] : ["--jobs", "1"];
  const { stdout } = spawnSync(
    process.execPath,
    [join(root, "bin", "ldfi.js"), "test", "programs", "--reporter", "json", ...jobs],
    {
      cwd: root,
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  const document = JSON.parse(stdout);
  if (document.failed + document.wrong > 0) throw new Error("not every expectation is met: ldfi test programs");
  const programs = new Map();
  for (const result of document.results) {
    const program = programs.get(result.file) ?? programOf(result.file);
    programs.set(result.file, program);
    program.results.push({ ...result, options: optionsOf(program.lines[result.line - 1]) });
  }
  return programs;
}

function programOf(file) {
  const lines = readFileSync(join(root, file), "utf8").split("\n");
  const [, folder, name] = /programs\/([^/]+)\/([^/]+)\.ded$/.exec(file);
  return { file, folder, name, lines, summary: summaryOf(lines), results: [] };
}

/** The first paragraph of the header. */
function summaryOf(lines) {
  const end = lines.findIndex((line) => line === "//" || !line.startsWith("//"));
  return lines
    .slice(0, end)
    .map((line) => line.slice(2).trim())
    .join(" ");
}

const faultWords = ["omit", "delay", "duplicate", "crash", "restart", "pause", "cut"];

/**
 * What a line `//! check eot=4 …` or `//! run …` says, by key; `kind` is its first word. A run without faults is listed with the checks, as that of
 * a budget of none.
 */
function optionsOf(line) {
  const kind = /^\/\/!\s*(\w+)/.exec(line)[1];
  const options = { kind };
  for (const [, key, quoted, plain] of line.matchAll(/([\w-]+)=(?:"([^"]*)"|(\S+))/g)) {
    options[key] = options[key] === undefined ? (quoted ?? plain) : `${options[key]} ${plain}`;
  }
  const isWithoutFaults = kind === "run" && !faultWords.some((word) => word in options);
  return isWithoutFaults ? { ...options, kind: "check", eff: 0 } : options;
}

function boundsOf(options) {
  const { eot, eff, crashes = 0 } = options;
  return [`${eot} / ${eff} / ${crashes}`, ...otherFaultsOf(options)].join(", ");
}

/** The kinds of faults besides losses and crashes, with the key of a `//! check` line and the words for one and for several. */
const otherKinds = [
  ["delays", "delay", "delays"],
  ["duplicates", "duplicate", "duplicates"],
  ["partitions", "partition", "partitions"],
  ["partial-partitions", "partial partition", "partial partitions"],
  ["one-way-partitions", "one-way partition", "one-way partitions"],
  ["restarts", "restart", "restarts"],
  ["pauses", "pause", "pauses"],
];

/** What a budget says beyond EOT, EFF and crashes, in words: "no loss", "1 restart", "any delays by up to 3". */
function otherFaultsOf(options) {
  const { omissions, lateness } = options;
  const late = lateness === undefined ? "" : ` by up to ${lateness}`;
  return [
    ...(omissions === undefined ? [] : omissions === "0" ? ["no loss"] : [`${omissions} lost`]),
    ...otherKinds.flatMap(([key, one, several]) => {
      const bound = options[key];
      if (bound === undefined) return [];
      return [`${bound} ${bound === "1" ? one : several}${key === "delays" || key === "duplicates" ? late : ""}`];
    }),
    ...(options["max-faults"] === undefined ? [] : [`${options["max-faults"]} faults in all`]),
    ...(options.spare === undefined ? [] : [`none of ${options.spare}`]),
  ];
}

function faultsOf({ actual }) {
  if (actual.verdict !== "violated") return "–";
  return actual.faults === 0 ? "0" : String(actual.faults);
}

/** The first check of that verdict under the program's own specification, or else the first of all. */
function summaryCell({ results: all }, verdict) {
  const checks = all.filter(({ options, actual }) => options.kind === "check" && actual.verdict === verdict);
  const chosen = checks.find(({ options }) => options.with === undefined) ?? checks[0];
  if (chosen === undefined) return "–";
  const number = Number(faultsOf(chosen));
  const faults =
    verdict === "holds" ? "" : `: ${number === 0 ? "no fault needed" : number === 1 ? "1 fault" : `${number} faults`}`;
  const text = `${boundsOf(chosen.options)}${faults}`;
  return chosen === all[0] ? `**${text}**` : text;
}

function most(values) {
  return Math.max(...values);
}

function groupTable(programs) {
  return [
    "| program | what it is | violated at | holds at | executions | time |",
    "| --- | --- | --- | --- | --- | --- |",
    ...programs.map((program) => {
      const checks = program.results.filter(({ options }) => options.kind === "check");
      const executions = most(checks.map((result) => result.executions));
      const time = `${Math.round(most(checks.map(({ milliseconds }) => milliseconds)))} ms`;
      const cells = [
        `[${program.name}](${program.folder}/${program.name}.ded)`,
        program.summary,
        summaryCell(program, "violated"),
        summaryCell(program, "holds"),
        executions,
        time,
      ];
      return `| ${cells.join(" | ")} |`;
    }),
  ];
}

function fullTable(programs) {
  return [
    "| program | EOT | EFF | crashes | other faults | with | verdict | faults | executions | time | |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ...programs.flatMap((program) =>
      program.results
        .filter(({ options }) => options.kind === "check")
        .map((result) => {
          const { options, actual, executions, milliseconds } = result;
          const cells = [
            `${program.folder}/${program.name}`,
            options.eot,
            options.eff,
            options.crashes ?? 0,
            otherFaultsOf(options).join(", "),
            options.with ?? "",
            actual.verdict,
            faultsOf(result),
            executions,
            `${Math.round(milliseconds)} ms`,
            options.name ?? "",
          ];
          return `| ${cells.join(" | ")} |`;
        }),
    ),
  ];
}

function inOrder(programs) {
  const files = Object.entries(groups).flatMap(([folder, [, names]]) =>
    names.split(" ").map((name) => `programs/${folder}/${name}.ded`),
  );
  const strangers = [...programs.keys()]
    .filter((file) => !files.includes(file))
    .concat(files.filter((file) => !programs.has(file)));
  if (strangers.length > 0)
    throw new Error(`in scripts/programs-table.mjs or in programs, but not in both: ${strangers.join(", ")}`);
  return files.map((file) => programs.get(file));
}

function tables() {
  const all = inOrder(results());
  const checks = all.flatMap((program) => program.results.filter(({ options }) => options.kind === "check"));
  const slowest = checks.reduce((a, b) => (a.milliseconds > b.milliseconds ? a : b));
  const lines = [];
  for (const [folder, [title]] of Object.entries(groups)) {
    const programs = all.filter((program) => program.folder === folder);
    lines.push(`### ${title}`, "", ...groupTable(programs), "");
  }
  lines.push(
    `${all.length} programs, ${checks.length} checks, ${all.flatMap((program) => program.results).length - checks.length} kept runs.`,
    `At most ${most(checks.map(({ executions }) => executions))} executions for any check, ${Math.round(slowest.milliseconds)} ms for the slowest (${slowest.file.replace("programs/", "")}).`,
    "",
    "<details>",
    "<summary>Every check</summary>",
    "",
    ...fullTable(all),
    "",
    "</details>",
  );
  return lines.join("\n");
}

const text = readFileSync(readme, "utf8");
const [before, rest] = text.split("<!-- table -->\n");
const after = rest.slice(rest.indexOf("<!-- end -->"));
const written = `${before}<!-- table -->\n${tables()}\n${after}`;
if (checking) {
  const withoutTimes = (page) => page.replace(/[\d.,]+ ms/g, "… ms").replace(/slowest \([^)]*\)/, "slowest");
  if (withoutTimes(written) !== withoutTimes(text)) {
    process.stderr.write("programs/README.md is not what the programs give: run node scripts/programs-table.mjs\n");
    process.exitCode = 1;
  }
} else {
  writeFileSync(readme, written);
}
