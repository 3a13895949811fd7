import { describe, expect, test } from "vitest";
import { ldfi } from "./ldfi.js";

const ack = "programs/delivery/ack.ded";

describe("ldfi sweep", () => {
  test("exits with 1 at a violation and with 0 at the bounds", () => {
    expect(ldfi(["sweep", "programs/delivery/simple.ded", "-q"])).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/^VIOLATED {2}at EOT 3, EFF 2, no crash: with 1 fault;.*\n$/),
    });
    expect(ldfi(["sweep", ack, "--max-eot", "4", "-q"])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^HOLDS {2}up to EOT 4, EFF 3, no crash/),
    });
    expect(ldfi(["sweep", "programs/delivery/simple.ded", "--max-eot", "3", "-q"])).toMatchObject({
      status: 3,
      stdout: expect.stringMatching(
        /^INCONCLUSIVE {2}the largest EOT was reached before the violation at \(EOT 3, EFF 2, no crash\) could be given more time; /,
      ),
    });
  });

  test("decides every budget where a range is given", () => {
    expect(ldfi(["sweep", ack, "--crashes", "..", "-q"])).toMatchObject({
      status: 0,
      stdout: "HOLDS  within all 24 budgets\n",
    });
    expect(ldfi(["sweep", ack, "--eot", "4..", "--max-eot", "5", "-q"]).stdout).toBe("HOLDS  within all 9 budgets\n");
  });

  test.each([
    ["a range without an end", ["--eot", "5.."], "the range of --eot has no end"],
    ["an empty range", ["--eot", "5..3"], "The range is empty"],
    ["no number", ["--crashes", "some"], "Give a whole number"],
    ["more crashes than nodes", ["--crashes", "9"], "--crashes is 9, but there are 3 nodes"],
    ["an EFF that no EOT reaches", ["--eot", "3..4", "--eff", "6..8"], "--eff begins at 6, and EOT ends at 4"],
  ])("refuses %s", (_, args, message) => {
    const { status, stdout, stderr } = ldfi(["sweep", ack, ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(message);
  });
});
