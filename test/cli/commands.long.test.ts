import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../temporary-folder.js";
import { expectGolden } from "./golden.js";
import { ldfi, withoutTimes } from "./ldfi.js";
import { expectNothingPinned, expectPinRefused } from "./pins.js";

const once = ["check", "test/programs/shown/once.ded", "--eot", "4", "--eff", "2"];
const violated = ["check", "programs/delivery/simple.ded", "--eot", "4", "--eff", "2"];

describe("a command as its user sees it", () => {
  test.each([
    ["check-github", [...once, "--format", "github", "--quiet"], 1],
    ["check-commit", ["check", "test/programs/shown/commit.ded", "--eot", "6", "--eff", "0", "--crashes", "1"], 1],
    [
      "run-why-not",
      ["run", "test/programs/shown/once.ded", "--eot", "4", "--omit", "a,b,1", "--why-not", 'log("b","hello")@4'],
      0,
    ],
  ] as const)("%s", expectGolden);
});

describe("exit statuses", () => {
  test.each([
    [2, "EOT is below 1", ["check", "programs/delivery/simple.ded", "--eot", "0"]],
    [2, "more nodes are to crash than there are", ["check", "programs/delivery/simple.ded", "--crashes", "4"]],
    [2, "a fault strikes no node", ["run", "programs/delivery/simple.ded", "--omit", "a,z,1"]],
    [2, "the tuple does not parse", ["break", "programs/delivery/simple.ded", "log(b)@4"]],
    [2, "a folder stands for a program", ["check", "programs"]],
    [2, "the filter matches nothing", ["test", "programs/delivery", "--filter", "no such thing"]],
    [0, "help is asked for", ["check", "--help"]],
  ])("%i when %s", (status, _, args) => {
    expect(ldfi(args).status).toBe(status);
  });
});

describe("--pin", () => {
  const folder = temporaryFolder();

  test.each([
    ["in another order, with a name", '//! run name="kept" eot=3 expect=violated omit=a,b,1', "pinned already, at"],
    ["as a run that has to hold", "//! run omit=a,b,1 eot=3 expect=holds", "has this run, with expect=holds"],
  ])("adds nothing to a file that has the run %s, and says so", (_, line, message) => {
    expectNothingPinned(join(folder, "has-run.ded"), line, message);
  });

  test("with standard input besides is an error before the search", () => {
    expectPinRefused(["test/programs/shown/once.ded", "-"], 'x("a", 1)@1;\n', "standard input");
  });
});

describe("what does not change the output", () => {
  test("several threads", () => {
    const one = ldfi(["test", "programs/delivery", "--jobs", "1"]);
    const two = ldfi(["test", "programs/delivery", "--jobs", "2"]);
    expect(withoutTimes(two.stdout)).toBe(withoutTimes(one.stdout));
  });

  test("the output is the same under another locale and time zone", () => {
    const there = ldfi(violated, { env: { LC_ALL: "tr_TR.ISO-8859-9", TZ: "Pacific/Kiritimati" } });
    expect(withoutTimes(there.stdout)).toBe(withoutTimes(ldfi(violated).stdout));
  });
});
