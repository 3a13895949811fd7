import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ldfi, ldfiWithSignal, root, shell } from "../cli/ldfi.js";

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

/** Minutes of work, in every phase of it. */
const lasting = (): string[] => ["check", join(folder, "mesh.ded"), "--eot", "40", "--crashes", "3"];

describe("an end from outside, at any moment", () => {
  test.each([60, 200, 450, 900, 1800])("after %i ms", async (delay) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      const ended = await ldfiWithSignal([...lasting(), "--format", "json"], signal, delay);
      expect(ended.stderr).not.toMatch(/^\s+at /m);
      expect(ended.milliseconds).toBeLessThan(8000);
      // Before node has read the first line of the program, a signal ends it as it ends any process.
      if (ended.status === null) {
        expect(delay).toBeLessThan(300);
        continue;
      }
      expect(ended.status).toBe(3);
      expect(JSON.parse(ended.stdout)).toMatchObject({ verdict: "inconclusive", reason: "interrupted" });
    }
  });

  test("a second interruption does no harm", async () => {
    const child = spawn(process.execPath, [join(root, "bin/ldfi.js"), ...lasting()], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    setTimeout(() => child.kill("SIGINT"), 1500);
    setTimeout(() => child.kill("SIGINT"), 1510);
    const status = await new Promise((resolve) => child.on("close", resolve));
    expect([3, null, 130]).toContain(status);
    if (status === 3) expect(stdout).toMatch(/^INCONCLUSIVE/);
  });
});

describe("limits", () => {
  test.each(["0.05", "0.5", "2"])("--timeout %s", (seconds) => {
    const began = performance.now();
    const ended = ldfi([...lasting(), "--timeout", seconds, "--format", "json"]);
    expect(ended.status).toBe(3);
    expect(JSON.parse(ended.stdout)).toMatchObject({ verdict: "inconclusive", reason: "timeout" });
    expect(performance.now() - began).toBeLessThan(Number(seconds) * 1000 + 10_000);
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

  test("a margin that --timeout cuts short is told as such, beside the verdict", () => {
    const ended = ldfi([
      "check",
      "programs/delivery/ack.ded",
      "--eot",
      "100",
      "--crashes",
      "1",
      "--margin",
      "--timeout",
      "3",
    ]);
    expect(ended.status).toBe(0);
    expect(ended.stdout).toMatch(/^HOLDS /);
    expect(ended.stdout).toMatch(/^Margin .*\n(?:.*\n)*.*not decided within the limits/m);
  });
});

describe("a verdict that is known", () => {
  test("is told though the time is up before it is explained", () => {
    // Quickly decided; each run has a million tuples, and an explanation takes several, with all their derivations.
    const program = join(folder, "grow.ded");
    writeFileSync(
      program,
      `v0("a", "m")@1; go("m")@1; go(X)@next :- go(X); v(M, 0)@async :- v0(N, M); v(M, X)@next :- v(M, X); v(M, X + 1)@next :- v(M, X);
       w(M, X, Y) :- v(M, X), v(M, Y); pre(M, 1) :- go(M); post(M, 1) :- w(M, 1, 1);`,
    );
    const [decided, report] = [ldfi(["check", program, "--eot", "140", "--quiet"]), join(folder, "grow.html")];
    expect(decided.status).toBe(1);
    const search = ldfi(["check", program, "--eot", "140", "--format", "json", "--max-runs", "2"]);
    const { statistics } = JSON.parse(search.stdout) as {
      readonly statistics: { readonly milliseconds: { readonly total: number } };
    };
    const enough = (statistics.milliseconds.total * 2) / 1000;
    const dimacs = join(folder, "grow.cnf");
    const ended = ldfi([
      "check",
      program,
      "--eot",
      "140",
      "--timeout",
      enough.toFixed(1),
      "--report",
      report,
      "--dimacs",
      dimacs,
      "--pin",
    ]);
    expect(ended.stdout).toMatch(/^VIOLATED {2}with 1 fault/);
    expect(ended.status).toBe(1);
    expect(readFileSync(dimacs, "utf8")).toContain("p cnf");
    expect(readFileSync(program, "utf8")).toMatch(/\n\/\/! run omit=a,m,1 eot=140 expect=violated\n$/);
    if (existsSync(report)) return;
    expect(ended.stdout).toMatch(/^Replay {4}ldfi run .* --omit a,m,1$/m);
    expect(ended.stderr).toMatch(/before all of it was told\n.*grow\.html was not written/);
  });
});

describe("a test run", () => {
  test.each([
    [700, "SIGINT"],
    [1200, "SIGTERM"],
    [1700, "SIGINT"],
  ] as const)("that is interrupted after %i ms says what was run", async (delay, signal) => {
    const ended = await ldfiWithSignal(["test", "programs", "--jobs", "2", "--reporter", "json"], signal, delay);
    expect(ended.stderr).not.toContain("bug in ldfi");
    expect(ended.status).toBe(3);
    expect(JSON.parse(ended.stdout)).toMatchObject({ cutShort: true });
  });

  test("that ends at the first failure ends in order, with threads at work", () => {
    const first = join(folder, "first.ded");
    writeFileSync(first, '//! check eot=2 expect=violated\np("a")@1; p(X)@next :- p(X);');
    const ended = ldfi(["test", first, "programs/delivery", "programs/consensus", "--bail", "--jobs", "2"]);
    expect(ended.stderr).toBe("");
    expect(ended.stdout).toMatch(/0 passed, 1 failed\n$/);
    expect(ended.status).toBe(1);
  });

  test("that is over before it begins says so in the form that was asked for", () => {
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

  test("goes on when an expectation takes more memory than there is", () => {
    const many = join(folder, "many");
    mkdirSync(many);
    const grows =
      's("a", "xxxxxxxxxxxxxxxx")@1; s(X, Y + Y)@next :- s(X, Y); p("a")@1; p(X)@next :- p(X); post(X) :- p(X);';
    writeFileSync(join(many, "a.ded"), `//! check eot=60 expect=holds\n//! check eot=2 expect=holds\n${grows}`);
    writeFileSync(join(many, "b.ded"), `//! check eot=2 expect=holds\n${grows}`);
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

  test.each(["json", "html", "md", "xml", "sarif", "dot"])(
    "a file that cannot grow: no half of a %s report",
    (extension) => {
      const report = join(folder, `report.${extension}`);
      writeFileSync(report, "what was there before");
      // A limit of 0 blocks on the size of a file does what a full disk does.
      const command = `ulimit -f 0; exec "$0" bin/ldfi.js "$@"`;
      const ended = spawnSync("bash", ["-c", command, process.execPath, ...violated, "--report", report], {
        cwd: root,
        encoding: "utf8",
      });
      expect(ended.stderr).not.toMatch(/^\s+at /m);
      expect(ended.status).toBe(2);
      expect(ended.stderr).toContain("could not be written");
      expect(readFileSync(report, "utf8")).toBe("what was there before");
      expect(readdirSync(folder).filter((name) => name.includes(`report.${extension}`))).toEqual([
        `report.${extension}`,
      ]);
    },
  );

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
