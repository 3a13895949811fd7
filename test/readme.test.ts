import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "./cli/ldfi.js";

const readme = readFileSync(join(root, "README.md"), "utf8");

test("the README's drawing and figures are what the program prints today", { timeout: 60_000 }, () => {
  const { status, stderr } = spawnSync(process.execPath, ["scripts/figures.mjs", "--check"], {
    cwd: root,
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

test("CI runs the README's test command", () => {
  const [, command = ""] = /runs every test:\s+```sh\n(.*)\n```/.exec(readme) ?? [];
  expect(command).toBe("npm ci && npm test");
  expect(readFileSync(join(root, ".ci", "run"), "utf8")).toContain(`(${command})`);
});

test("the README names every package that the project is built with, and no other", () => {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    devDependencies: Record<string, string>;
  };
  const listed = [...readme.slice(readme.indexOf("## Dependencies")).matchAll(/^\| ([^|]+) \|/gm)].flatMap(
    ([, cell = ""]) => cell.split(","),
  );
  const names = listed
    .map((name) => name.trim())
    .filter((name) => !/^(in the bundle|to build and test|---)$/.test(name));
  expect(names.sort()).toEqual(Object.keys(manifest.devDependencies).sort());
});

test("links inside the repository lead somewhere", () => {
  const links = [...readme.matchAll(/\]\((?!http)([^)#]+)/g)].map(([, path = ""]) => path);
  expect(links.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
