import { afterEach, describe, expect, it, vi } from "vitest";
import { parseCommandLine } from "../../src/cli/command-line.js";
import { checkCommand } from "../../src/cli/commands/check.js";
import type { Host } from "../../src/cli/host.js";
import type { Ending } from "../../src/cli/messages.js";
import { diskFiles } from "../../src/disk/disk-files.js";
import type * as Provenance from "../../src/lineage/provenance.js";

const traced = vi.hoisted((): string[] => []);

vi.mock("../../src/lineage/provenance.js", async (original) => {
  const { runWithProvenance, ...rest } = await original<typeof Provenance>();
  const counting: typeof runWithProvenance = (program, options) => {
    traced.push(JSON.stringify(options.schedule));
    return runWithProvenance(program, options);
  };
  return { ...rest, runWithProvenance: counting };
});

const host: Host = {
  reader: diskFiles(),
  print: () => {},
  // The endings for being cut off are made as often as they can be, as under a time limit.
  progress: (_stage, _line, ifCutOff) => void ifCutOff?.(),
  reads: () => {},
  interrupted: () => false,
  onPath: () => false,
  runProcess: () => ({ kind: "not-started", problem: "none is started here" }),
  write: () => undefined,
  replace: () => undefined,
  create: () => undefined,
  append: () => undefined,
  appendable: () => undefined,
  pathName: (path) => path,
  workerUrl: new URL("file:///worker.js"),
  workerData: (command) => ({ command, stop: new SharedArrayBuffer(4) }),
};

async function check(...words: readonly string[]): Promise<Ending> {
  const parsed = parseCommandLine(["check", ...words], { env: {}, stdout: {}, platform: "linux" });
  if (parsed.kind !== "job" || parsed.job.kind !== "check") throw new Error("not a check");
  return checkCommand(parsed.job, host);
}

const violated = ["programs/replication/kafka-isr.ded", "--eot", "6", "--eff", "4", "--crashes", "1"];
const holds = ["programs/delivery/retry.ded", "--eot", "5", "--eff", "3"];
const every = ["json", "xml", "md", "html", "sarif", "dot"].flatMap((ending) => ["--report", `report.${ending}`]);

describe("the runs with provenance that the reports of a check take", () => {
  afterEach(() => void traced.splice(0));

  // The counterexample has five faults: its own run, the failure-free one, and one without each of the faults. The brief report needs none
  // without the fault that its explanation mentions anyway.
  it.each([
    ["the terminal alone, which says what each fault did", [], 6],
    ["the verdict alone", ["--quiet"], 0],
    ["JSON, which lists the messages", ["--format", "json"], 0],
    ["-v", ["-v"], 7],
    ["-v and an HTML report", ["-v", "--report", "report.html"], 7],
    ["GitHub's annotations", ["--format", "github", "--quiet"], 7],
    ["every format at once", ["-v", "--format", "github", ...every], 7],
    ["JSON with -v and every report", ["-v", "--format", "json", ...every], 7],
  ])("of a violation: %s", async (_, words, runs) => {
    const { status, files } = await check(...violated, ...words);
    expect(status).toBe(1);
    expect(files.every(({ text }) => text.length > 0)).toBe(true);
    expect(traced).toHaveLength(runs);
    expect(new Set(traced).size).toBe(runs);
  });

  it("of a violation with one fault: the run without it is the failure-free one", async () => {
    const { status } = await check("programs/delivery/simple.ded", "--eot", "4", "--eff", "2", "-v", ...every);
    expect(status).toBe(1);
    expect(traced).toHaveLength(2);
  });

  it.each([
    ["the terminal", ["-v"], 0],
    ["every format at once", ["-v", ...every], 1],
    ["the same with the margin measured", ["-v", "--margin", ...every], 1],
  ])("of what holds: %s", async (_, words, runs) => {
    const { status } = await check(...holds, ...words);
    expect(status).toBe(0);
    expect(traced).toHaveLength(runs);
  });
});
