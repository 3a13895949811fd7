import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { ldfi } from "../cli/ldfi.js";
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
  mesh,
} from "./ends.js";

const folder = temporaryFolder("ldfi-limits-");
beforeAll(() => writeFileSync(join(folder, "mesh.ded"), mesh(60)));

describe("an end from outside", () => {
  test.each(["SIGTERM", "SIGHUP"] as const)("%s while the program is waited for", (signal) =>
    expectInterruptedWaiting(folder, signal),
  );

  test.each(["SIGINT", "SIGHUP"] as const)("%s once the program is read", (signal) =>
    expectInterruptedOnceRead(folder, signal),
  );

  test.each([[["SIGTERM"]], [["SIGINT", "SIGINT"]]] as const)("%j while the work does not notice anything", (sent) =>
    expectCutOff(deafCommand(join(folder, `deaf-${sent.join("-")}`)), sent),
  );

  test("SIGINT inside a call that takes long is told with the time until then", () =>
    expectTimeUntil("SIGINT", join(folder, "absorbed")));
});

describe("limits", () => {
  test("--timeout 0.5", () => expectTimedOut(join(folder, "mesh.ded"), "0.5"));

  test("--max-runs with --strategy random says what was covered", () => expectRunsLimited("random"));
});

describe("a test run", () => {
  test("that SIGINT interrupts says what was run, with --jobs 1", () =>
    expectTestRunInterrupted(folder, "SIGINT", "1"));

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

test.each([
  "check programs/delivery/ack.ded --eot 4 --format json",
  "run programs/delivery/ack.ded --eot 4",
  "test programs/delivery",
  "check --help",
])("a full disk is told of, and is no success: %s", expectFullDiskTold);
