import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ldfi, root, withoutTimes } from "../cli/ldfi.js";
import { printStatement } from "../properties/draft.js";
import type { Case } from "../properties/generator/generate.js";
import { generate } from "../properties/generator/generate.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ldfi-order-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const surroundings: readonly Readonly<Record<string, string>>[] = [
  {},
  { LANG: "C", TZ: "UTC" },
  { LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8", TZ: "Pacific/Kiritimati" },
  { LANG: "sv_SE.UTF-8", LC_ALL: "de_DE.UTF-8", TZ: "America/St_Johns" },
];

const samples = [
  ["delivery/retry", "pretty"],
  ["commit/2pc", "json"],
  ["replication/kafka-isr", "pretty"],
] as const;

describe("the same output, byte for byte but for the times", () => {
  test.each(samples)("%s as %s, time and again, in another locale and time zone", (name, format) => {
    const args = [
      "check",
      `programs/${name}.ded`,
      "--eot",
      "6",
      "--eff",
      "4",
      "--crashes",
      "1",
      "--all",
      "--format",
      format,
    ];
    const outputs = surroundings.map((env) => ldfi(args, { env: { LANG: "en_US.UTF-8", ...env } }));
    for (const { stdout, stderr, status } of outputs.slice(1)) {
      expect(withoutTimes(stdout)).toBe(withoutTimes(outputs[0]?.stdout ?? ""));
      expect(withoutTimes(stderr)).toBe(withoutTimes(outputs[0]?.stderr ?? ""));
      expect(status).toBe(outputs[0]?.status);
    }
  });

  test.each([3, 10, 19, 36])("generated program %i, its statements in files in one order or the other", (seed) => {
    const c = generate(seed);
    const [first, second] = halves(c);
    const options = [
      "--nodes",
      c.nodes.join(","),
      "--eot",
      String(c.eot),
      "--eff",
      String(c.eff),
      "--crashes",
      String(c.crashes),
      ...(c.pre === undefined ? [] : ["--pre", c.pre]),
      ...(c.post === undefined ? [] : ["--post", c.post]),
    ];
    const one = ldfi(["check", first, second, ...options, "--all", "--ascii"]);
    const other = ldfi(["check", second, first, ...options, "--all", "--ascii"]);
    expect(one.status).toBeLessThan(2);
    expect(other.status).toBe(one.status);
    expect(told(other.stdout)).toBe(told(one.stdout));
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

function halves({ draft, seed }: Case): readonly [string, string] {
  const parts = [0, 1].map((half) => {
    const path = join(folder, `${seed}-${half}.ded`);
    writeFileSync(
      path,
      draft.statements
        .filter((_, i) => i % 2 === half)
        .map((s) => `${printStatement(s)}\n`)
        .join(""),
    );
    return path;
  });
  return [parts[0] ?? "", parts[1] ?? ""];
}

/** Without times, and without the command line that the text repeats; rules and relations may be listed in another order. */
function told(stdout: string): string {
  const lines = withoutTimes(stdout)
    .replace(/^.*ldfi run .*$/gm, "<replay>")
    .split("\n");
  const lists = /^(Checked|Warning) /;
  const sorted = lines
    .filter((line) => lists.test(line))
    .map((line) => line.split(/[ ,]+/).sort().join(" "))
    .sort();
  return [...lines.filter((line) => !lists.test(line)), ...sorted].join("\n");
}
