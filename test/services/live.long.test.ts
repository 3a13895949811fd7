import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ldfi } from "../cli/ldfi.js";
import { hunted, huntFile } from "./small-hunts.js";

describe("ldfi hunt", () => {
  test("finds what takes two faults, and prints the calls of both runs side by side", () => {
    const file = huntFile({ bugs: "crash", faults: "[refused, down]", budget: 2 });
    const { status, stdout } = ldfi(["hunt", file]);
    expect(status).toBe(1);
    expect(stdout).toContain("VIOLATED  with 2 faults, and no set without one of them");
    expect(stdout).toMatch(/GET stock\/stock#1 +✗ refused +✗?\s*\S+/);
    expect(stdout).toContain("ldfi hunt ");
  });

  test("continues an interrupted hunt, without repeating runs", () => {
    const file = huntFile();
    const first = hunted(file, "--max-runs", "9");
    expect(first).toMatchObject({ verdict: "inconclusive", runs: 9 });
    const second = hunted(file, "--resume");
    expect(second).toMatchObject({ verdict: "covered", resumed: 9 });
    expect(second.runs).toBe(hunted(file).runs);
  });
});

describe("what goes wrong outside of the faults", () => {
  test("a service that is never ready", () => {
    const file = huntFile({ bugs: "late-spare" });
    writeFileSync(file, readFileSync(file, "utf8").replaceAll("within: 20s", "within: 3s"));
    const { status, stdout } = ldfi(["hunt", file]);
    expect(status).toBe(3);
    expect(stdout).toMatch(/^INCONCLUSIVE {2}spare is not ready after 3 s: .*; nothing was decided\n$/);
  });

  test("a fault set that does not come about, and one that the file does not have", () => {
    const file = huntFile();
    const absent = ldfi(["hunt", file, "--only", "refused at front › GET stok/x#1"]);
    expect([absent.status, absent.stdout]).toEqual([3, expect.stringContaining("not all of its calls came")]);
    const unknown = ldfi(["hunt", file, "--only", "down(stock)"]);
    expect([unknown.status, unknown.stderr]).toEqual([2, expect.stringContaining("`down(stock)` is no fault of")]);
  });

  test("a command that is not there", () => {
    const file = huntFile();
    writeFileSync(file, readFileSync(file, "utf8").replaceAll(process.execPath, "no-such-program"));
    const { status, stdout } = ldfi(["hunt", file]);
    expect(status).toBe(3);
    expect(stdout).toContain("it could not be started");
  });
});
