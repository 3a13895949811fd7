import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { ldfi, root, Started, shell } from "../cli/ldfi.js";
import { temporaryFolder } from "../temporary-folder.js";
import {
  deafCommand,
  expectCutOff,
  expectFullDiskTold,
  expectInterruptedOnceRead,
  expectInterruptedWaiting,
  expectRunsLimited,
  expectTestRunInterrupted,
  expectTimedOut,
  expectTimeUntil,
  lasting,
  mesh,
  pipeAt,
} from "./ends.js";

const folder = temporaryFolder("ldfi-limits-");
beforeAll(() => writeFileSync(join(folder, "mesh.ded"), mesh(60)));

// limits.long.test.ts has the other signals and limits.
describe("an end from outside", () => {
  test("SIGINT while the program is waited for", () => expectInterruptedWaiting(folder, "SIGINT"));

  test("SIGTERM once the program is read", () => expectInterruptedOnceRead(folder, "SIGTERM"));

  test("a second signal does no harm", async () => {
    const program = pipeAt(join(folder, "twice.ded"));
    const started = new Started(lasting(program));
    const file = await started.opened(program);
    await file.writeFile(mesh(60));
    started.signal("SIGINT");
    started.signal("SIGTERM");
    const ended = await started.ended;
    await file.close();
    expect(ended).toMatchObject({ status: 3, stdout: expect.stringMatching(/^INCONCLUSIVE {2}interrupted/) });
  });

  test("SIGINT while the work does not notice anything", () =>
    expectCutOff(deafCommand(join(folder, "deaf")), ["SIGINT"]));

  test("SIGTERM inside a call that takes long is told with the time until then", () =>
    expectTimeUntil("SIGTERM", join(folder, "absorbed")));

  test("--timeout while standard input is waited for", () => {
    const ended = shell(`exec 3<> '${pipeAt(join(folder, "silent"))}'; ldfi check - --timeout 0.3 <&3`);
    expect(ended).toEqual({
      status: 3,
      stdout: "INCONCLUSIVE  the time limit of 0.3 s was reached; nothing was decided\n",
      stderr: "",
    });
  });
});

describe("limits", () => {
  test("--timeout 0.05", () => expectTimedOut(join(folder, "mesh.ded"), "0.05"));

  test("--max-runs with --strategy exhaustive says what was covered", () => expectRunsLimited("exhaustive"));

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
  test("that SIGTERM interrupts says what was run, with --jobs 2", () =>
    expectTestRunInterrupted(folder, "SIGTERM", "2"));

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

  test.each(["check programs/delivery/simple.ded --eot 4 --eff 2", "--version"])(
    "a full disk is told of, and is no success: %s",
    expectFullDiskTold,
  );
});
