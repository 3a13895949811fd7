import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { lateTime } from "../../src/cli/late-time.js";
import { commandThatWorks, ldfi, Started, shell } from "../cli/ldfi.js";

/** Everyone tells everyone: each instant has thousands of messages, each of which can be lost. */
export function mesh(nodes: number): string {
  const links = Array.from(
    { length: nodes * nodes },
    (_, i) => `link("n${Math.floor(i / nodes)}", "n${i % nodes}")@1;`,
  );
  return `${links.join(" ")} link(X, Y)@next :- link(X, Y); log("n0", "p")@1; log(X, P)@next :- log(X, P);
    log(Y, P)@async :- log(X, P), link(X, Y); pre(Y, P) :- log(_, P), link("n0", Y), notin crash(Y, Y, _); post(Y, P) :- log(Y, P);`;
}

/** A question that takes minutes of work. */
export const lasting = (program: string): string[] => ["check", program, "--eot", "40", "--crashes", "3"];

/** A named pipe. */
export function pipeAt(path: string): string {
  expect(shell(`mkfifo '${path}'`).status).toBe(0);
  return path;
}

function expectInterrupted({ status, stdout, stderr }: Awaited<Started["ended"]>): void {
  expect([status, stderr]).toEqual([3, ""]);
  expect(JSON.parse(stdout)).toMatchObject({ verdict: "inconclusive", reason: "interrupted" });
}

export async function expectInterruptedWaiting(folder: string, signal: NodeJS.Signals): Promise<void> {
  const program = pipeAt(join(folder, `waited-for-${signal}.ded`));
  const started = new Started([...lasting(program), "--format", "json"]);
  const file = await started.opened(program);
  started.signal(signal);
  const ended = await started.ended;
  await file.close();
  expectInterrupted(ended);
}

export async function expectInterruptedOnceRead(folder: string, signal: NodeJS.Signals): Promise<void> {
  const program = pipeAt(join(folder, `read-${signal}.ded`));
  const started = new Started([...lasting(program), "--format", "json"]);
  const file = await started.opened(program);
  await file.writeFile(mesh(60));
  await file.close();
  started.signal(signal);
  expectInterrupted(await started.ended);
}

/** A command whose thread leaves its endings, says that it is at work, and is not heard of again. */
export function deafCommand(folder: string): string {
  const words = `{ interrupted: at("interrupted"), timeout: at("timeout"), memory: at("memory") }`;
  return commandThatWorks(
    folder,
    `const at = (reason) => ({ stdout: "known when it was cut off: " + reason + "\\n", stderr: "", files: [], status: 1 });
     port.postMessage({ kind: "progress", line: "working", ifCutOff: ${words} });
     port.postMessage({ kind: "stdout", text: "at work\\n" });
     for (;;);`,
  );
}

export async function expectCutOff(command: string, sent: readonly NodeJS.Signals[]): Promise<void> {
  const started = new Started(["check", "x.ded"], { command });
  await started.printed(/at work/);
  for (const signal of sent) started.signal(signal);
  expect(await started.ended).toEqual({
    status: 1,
    stdout: "at work\nknown when it was cut off: interrupted\n",
    stderr: "",
  });
}

/** A signal inside a call that takes long is told with the time until then. */
export async function expectTimeUntil(signal: NodeJS.Signals, folder: string): Promise<void> {
  const ending = `{ stdout: '{"total": ${lateTime}}', stderr: "", files: [], status: 3 }`;
  const command = commandThatWorks(
    folder,
    `const at = ${ending};
   port.postMessage({ kind: "progress", line: "working", ifCutOff: { interrupted: at, timeout: at, memory: at } });
   port.postMessage({ kind: "stdout", text: " " });
   for (;;);`,
  );
  const began = performance.now();
  const started = new Started(["check", "x.ded"], { command });
  await started.printed(/ /);
  started.signal(signal);
  const { total } = JSON.parse((await started.ended).stdout) as { readonly total: number };
  // A signal is given 300 ms to be noticed; before, the command has to start.
  expect(total).toBeGreaterThanOrEqual(299);
  expect(total).toBeLessThan(performance.now() - began);
}

export function expectTimedOut(program: string, seconds: string): void {
  const ended = ldfi([...lasting(program), "--timeout", seconds, "--format", "json"]);
  expect(ended.status).toBe(3);
  expect(JSON.parse(ended.stdout)).toMatchObject({ verdict: "inconclusive", reason: "timeout" });
}

export function expectRunsLimited(strategy: string): void {
  const ended = ldfi([
    "check",
    "programs/delivery/ack.ded",
    "--strategy",
    strategy,
    "--max-runs",
    "5",
    "--crashes",
    "1",
    "--format",
    "json",
  ]);
  expect(ended.status).toBe(3);
  expect(JSON.parse(ended.stdout)).toMatchObject({ verdict: "inconclusive", reason: "max-runs" });
}

/** A test run that a signal interrupts says what was run. */
export async function expectTestRunInterrupted(folder: string, signal: NodeJS.Signals, jobs: string): Promise<void> {
  const programs = mkdtempSync(join(folder, "interrupted-"));
  const short = '//! check eot=2 expect=holds vacuous=yes\np("a")@1; p(X)@next :- p(X);';
  writeFileSync(join(programs, "1-short.ded"), short);
  writeFileSync(join(programs, "2-lasting.ded"), `//! check eot=40 crashes=3 expect=holds\n${mesh(60)}`);
  const report = join(programs, "report.json");
  const started = new Started(["test", programs, "--jobs", jobs, "--report", report]);
  await started.printed(/✓ check eot=2/);
  started.signal(signal);
  const ended = await started.ended;
  expect(ended).toMatchObject({ status: 3, stderr: "" });
  expect(JSON.parse(readFileSync(report, "utf8"))).toMatchObject({ cutShort: true, passed: 1 });
}

export function expectFullDiskTold(args: string): void {
  const ended = shell(`ldfi ${args} > /dev/full`);
  expect(ended.stderr).toMatch(/^ldfi: the output could not be written: ENOSPC.*\n$/);
  expect(ended.status).toBe(2);
}
