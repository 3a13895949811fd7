import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lateTime } from "../../src/cli/late-time.js";
import { commandThatWorks, ldfi, root, Started, shell } from "../cli/ldfi.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ldfi-limits-"));
  writeFileSync(join(folder, "mesh.ded"), mesh(60));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Everyone tells everyone: each instant has thousands of messages, each of which can be lost. */
function mesh(nodes: number): string {
  const links = Array.from(
    { length: nodes * nodes },
    (_, i) => `link("n${Math.floor(i / nodes)}", "n${i % nodes}")@1;`,
  );
  return `${links.join(" ")} link(X, Y)@next :- link(X, Y); log("n0", "p")@1; log(X, P)@next :- log(X, P);
    log(Y, P)@async :- log(X, P), link(X, Y); pre(Y, P) :- log(_, P), link("n0", Y), notin crash(Y, Y, _); post(Y, P) :- log(Y, P);`;
}

/** A question that takes minutes of work. */
const lasting = (program: string): string[] => ["check", program, "--eot", "40", "--crashes", "3"];

/** A named pipe. */
function pipe(name: string): string {
  const path = join(folder, name);
  expect(shell(`mkfifo '${path}'`).status).toBe(0);
  return path;
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

describe("an end from outside", () => {
  test.each(signals)("%s while the program is waited for", async (signal) => {
    const program = pipe(`waited-for-${signal}.ded`);
    const started = new Started([...lasting(program), "--format", "json"]);
    const file = await started.opened(program);
    started.signal(signal);
    const ended = await started.ended;
    await file.close();
    expect(ended).toMatchObject({ status: 3, stderr: "" });
    expect(JSON.parse(ended.stdout)).toMatchObject({ verdict: "inconclusive", reason: "interrupted" });
  });

  test.each(signals)("%s once the program is read", async (signal) => {
    const program = pipe(`read-${signal}.ded`);
    const started = new Started([...lasting(program), "--format", "json"]);
    const file = await started.opened(program);
    await file.writeFile(mesh(60));
    await file.close();
    started.signal(signal);
    const ended = await started.ended;
    expect(ended).toMatchObject({ status: 3, stderr: "" });
    expect(JSON.parse(ended.stdout)).toMatchObject({ verdict: "inconclusive", reason: "interrupted" });
  });

  test("a second signal does no harm", async () => {
    const program = pipe("twice.ded");
    const started = new Started(lasting(program));
    const file = await started.opened(program);
    await file.writeFile(mesh(60));
    started.signal("SIGINT");
    started.signal("SIGTERM");
    const ended = await started.ended;
    await file.close();
    expect(ended).toMatchObject({ status: 3, stdout: expect.stringMatching(/^INCONCLUSIVE {2}interrupted/) });
  });

  describe("while the work does not notice anything", () => {
    let command = "";
    beforeAll(() => {
      // It leaves its endings, says that it is at work, and is not heard of again.
      const words = `{ interrupted: at("interrupted"), timeout: at("timeout"), memory: at("memory") }`;
      command = commandThatWorks(
        join(folder, "deaf"),
        `const at = (reason) => ({ stdout: "known when it was cut off: " + reason + "\\n", stderr: "", files: [], status: 1 });
         port.postMessage({ kind: "progress", line: "working", ifCutOff: ${words} });
         port.postMessage({ kind: "stdout", text: "at work\\n" });
         for (;;);`,
      );
    });

    test.each([["SIGINT"], ["SIGTERM"], ["SIGINT", "SIGINT"]] as const)("%s", async (...sent) => {
      const started = new Started(["check", "x.ded"], { command });
      await started.printed(/at work/);
      for (const signal of sent) started.signal(signal);
      expect(await started.ended).toEqual({
        status: 1,
        stdout: "at work\nknown when it was cut off: interrupted\n",
        stderr: "",
      });
    });
  });

  test.each(["SIGINT", "SIGTERM"] as const)(
    "%s inside a call that takes long is told with the time until then",
    async (signal) => {
      const ending = `{ stdout: '{"total": ${lateTime}}', stderr: "", files: [], status: 3 }`;
      const command = commandThatWorks(
        join(folder, `absorbed-${signal}`),
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
    },
  );

  test("--timeout while standard input is waited for", () => {
    const ended = shell(`exec 3<> '${pipe("silent")}'; ldfi check - --timeout 0.3 <&3`);
    expect(ended).toEqual({
      status: 3,
      stdout: "INCONCLUSIVE  the time limit of 0.3 s was reached; nothing was decided\n",
      stderr: "",
    });
  });
});

describe("limits", () => {
  test.each(["0.05", "0.5"])("--timeout %s", (seconds) => {
    const ended = ldfi([...lasting(join(folder, "mesh.ded")), "--timeout", seconds, "--format", "json"]);
    expect(ended.status).toBe(3);
    expect(JSON.parse(ended.stdout)).toMatchObject({ verdict: "inconclusive", reason: "timeout" });
  });

  test.each(["exhaustive", "random"])("--max-runs with --strategy %s says what was covered", (strategy) => {
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
  });

  test("a limit on the tuples turns to alternation, which still decides", () => {
    // b holds at most 13 tuples at once; over all schedules 36 pairs of a lowest and a highest are possible.
    const sent = [1, 2, 3, 4, 5, 6, 7, 8].map((at) => `v("a", ${at})@${at};`).join(" ");
    const program = join(folder, "pairs.ded");
    writeFileSync(
      program,
      `${sent} got(M, X)@async :- v(N, X), M == "b"; got(N, X)@next :- got(N, X); low(N, min<X>) :- got(N, X); high(N, max<X>) :- got(N, X);
       pair(N, X, Y) :- low(N, X), high(N, Y); pre(N) :- pair(N, _, _); post(N) :- got(N, _);`,
    );
    const checked = (most: number): unknown =>
      JSON.parse(
        ldfi(["check", program, "--eot", "9", "--nodes", "a,b", "--max-tuples", String(most), "--format", "json"])
          .stdout,
      );
    expect(checked(20)).toMatchObject({ verdict: "holds", method: "alternation" });
    expect(checked(100)).toMatchObject({ verdict: "holds", method: "lineage" });
  });
});

describe("a test run", () => {
  test.each([
    ["SIGINT", "1"],
    ["SIGTERM", "2"],
  ] as const)("that %s interrupts says what was run, with --jobs %s", async (signal, jobs) => {
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
  });

  test("that ends at the first failure ends in order, with threads at work", () => {
    const first = join(folder, "first.ded");
    writeFileSync(first, '//! check eot=2 expect=violated\np("a")@1; p(X)@next :- p(X);');
    const ended = ldfi(["test", first, "programs/delivery", "programs/consensus", "--bail", "--jobs", "2"]);
    expect(ended.stderr).toBe("");
    expect(ended.stdout).toMatch(/0 passed, 1 failed\n$/);
    expect(ended.status).toBe(1);
  });

  test("that is over before it begins is reported in the requested format", () => {
    const report = join(folder, "early.xml");
    const ended = ldfi([
      "test",
      "programs",
      "--jobs",
      "2",
      "--timeout",
      "0.02",
      "--reporter",
      "junit",
      "--report",
      report,
    ]);
    expect(ended.status).toBe(3);
    expect(ended.stdout).toContain('<testsuites name="ldfi"');
    expect(existsSync(report) || ended.stderr.includes("early.xml was not written")).toBe(true);
  });

  test("does not replace its programs by reports", () => {
    const program = join(folder, "tested.md");
    writeFileSync(program, '//! check eot=2 expect=holds\np("a")@1; p(X)@next :- p(X);');
    const ended = ldfi(["test", program, "--report", program]);
    expect([ended.status, ended.stderr]).toEqual([2, expect.stringContaining("which it would replace")]);
    expect(readFileSync(program, "utf8")).toMatch(/^\/\/! check/);
  });

  test("continues after an expectation runs out of memory", () => {
    const many = join(folder, "many");
    mkdirSync(many);
    const grows =
      's("a", "xxxxxxxxxxxxxxxx")@1; s(X, Y + Y)@next :- s(X, Y); p("a")@1; p(X)@next :- p(X); post(X) :- p(X);';
    writeFileSync(
      join(many, "a.ded"),
      `//! check eot=60 expect=holds\n//! check eot=2 expect=holds vacuous=yes\n${grows}`,
    );
    writeFileSync(join(many, "b.ded"), `//! check eot=2 expect=holds vacuous=yes\n${grows}`);
    const ended = ldfi(["test", many, "--jobs", "2"]);
    expect(ended.stdout).toContain("✗ check eot=60: inconclusive");
    expect(ended.stdout).toContain("the memory ran out");
    expect(ended.stdout).toMatch(/2 passed, 1 failed\n$/);
    expect(ended.status).toBe(1);
    const alone = ldfi(["test", many, "--jobs", "1"]);
    expect(alone.stderr).toMatch(/last at: .*a\.ded:1/);
    expect(alone.status).toBe(3);
  });
});

describe("output that cannot be written", () => {
  const violated = ["check", "programs/delivery/simple.ded", "--eot", "4", "--eff", "2"];

  test("files that cannot grow: no half of a report, whatever its format", () => {
    const names = ["json", "html", "md", "xml", "sarif", "dot"].map((extension) => `report.${extension}`);
    const full = join(folder, "full");
    mkdirSync(full);
    for (const name of names) writeFileSync(join(full, name), "what was there before");
    // A limit of 0 blocks on the size of a file does what a full disk does.
    const command = `ulimit -f 0; exec "$0" bin/ldfi.js "$@"`;
    const reports = names.flatMap((name) => ["--report", join(full, name)]);
    const ended = spawnSync("bash", ["-c", command, process.execPath, ...violated, ...reports], {
      cwd: root,
      encoding: "utf8",
    });
    expect(ended.stderr).not.toMatch(/^\s+at /m);
    expect(ended.status).toBe(2);
    expect(ended.stderr.match(/could not be written/g)).toHaveLength(names.length);
    for (const name of names) {
      expect(ended.stderr).toContain(name);
      expect(readFileSync(join(full, name), "utf8")).toBe("what was there before");
    }
    expect(readdirSync(full).sort()).toEqual(names.sort());
  });

  test("a pipe that is closed at once", () => {
    for (const args of [
      "check programs/delivery/simple.ded --eot 4 --eff 2",
      "run programs/delivery/ack.ded --eot 30 --tables",
      "--help",
      "test programs/delivery",
    ]) {
      expect(shell(`ldfi ${args} | true`).stderr).not.toMatch(/EPIPE|^\s+at /m);
    }
  });

  test.each([
    "check programs/delivery/ack.ded --eot 4 --format json",
    "check programs/delivery/simple.ded --eot 4 --eff 2",
    "run programs/delivery/ack.ded --eot 4",
    "test programs/delivery",
    "check --help",
    "--version",
  ])("a full disk is told of, and is no success: %s", (args) => {
    const ended = shell(`ldfi ${args} > /dev/full`);
    expect(ended.stderr).toMatch(/^ldfi: the output could not be written: ENOSPC.*\n$/);
    expect(ended.status).toBe(2);
  });
});
