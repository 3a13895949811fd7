import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "./cli/ldfi.js";

const readme = readFileSync(join(root, "README.md"), "utf8");

test("CI runs the README's test command, and what takes longer", () => {
  const [, command = ""] = /runs the tests, [\s\S]*?:\s+```sh\n(.*)\n```/.exec(readme) ?? [];
  expect(command).toBe("npm ci && npm test");
  const integration = readFileSync(join(root, ".ci", "run"), "utf8");
  expect(integration).toContain(`(${command})`);
  expect(integration).toMatch(/^ *npm run test:full$/m);
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
