import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ldfi, root, withoutTimes } from "../cli/ldfi.js";
import { expectSameAnywhere, expectSameInAnyOrder } from "./same-output.js";

// determinism.long.test.ts has more programs of both kinds.
describe("the same output, byte for byte but for the times", () => {
  test("delivery/retry as pretty, time and again, in another locale and time zone", () => {
    expectSameAnywhere("delivery/retry", "pretty");
  });

  test("generated program 3, its statements in files in one order or the other", () => {
    expectSameInAnyOrder(3);
  });

  test("a folder of tests is run in the order of the names, whatever the order on the command line", () => {
    const names = readdirSync(join(root, "programs/delivery"))
      .filter((name) => name.endsWith(".ded"))
      .map((name) => `programs/delivery/${name}`);
    const forward = ldfi(["test", ...names]);
    const again = ldfi(["test", ...names], { env: { LC_ALL: "C", TZ: "Asia/Kathmandu" } });
    expect(withoutTimes(again.stdout)).toBe(withoutTimes(forward.stdout));
  });
});
