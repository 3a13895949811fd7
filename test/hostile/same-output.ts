import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { ldfi, withoutTimes } from "../cli/ldfi.js";
import { printStatement } from "../properties/draft.js";
import type { Case } from "../properties/generator/generate.js";
import { generate } from "../properties/generator/generate.js";

const surroundings: readonly Readonly<Record<string, string>>[] = [
  {},
  { LANG: "C", TZ: "UTC" },
  { LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8", TZ: "Pacific/Kiritimati" },
  { LANG: "sv_SE.UTF-8", LC_ALL: "de_DE.UTF-8", TZ: "America/St_Johns" },
];

/** A check of a program of the library says the same in every locale and time zone. */
export function expectSameAnywhere(name: string, format: string): void {
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
}

/** A check of a generated program says the same whichever of its two files comes first. */
export function expectSameInAnyOrder(seed: number): void {
  const folder = mkdtempSync(join(tmpdir(), "ldfi-order-"));
  const c = generate(seed);
  const [first, second] = halves(c, folder);
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
  rmSync(folder, { recursive: true });
}

function halves({ draft, seed }: Case, folder: string): readonly [string, string] {
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
