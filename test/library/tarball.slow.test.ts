import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { withOutputs } from "./snippets.js";
import { describePage, expectCompiled, folder, installed, installForTests, pages, snippets } from "./stranger.js";

installForTests();

// tarball.long.test.ts has another module resolution, and a page without a bundler.
describe("the package, installed from its tarball into an empty folder", () => {
  test("the examples of docs/library.md and the README print the output that is documented below them", async () => {
    // One process runs them all, one after the other.
    const end = "--- the end of an example";
    const code = `for (let i = 0; i < ${snippets.length}; i++) { await import("./" + i + ".mjs"); console.log("${end}"); }`;
    writeFileSync(join(folder, "all.mjs"), code);
    const { stdout, stderr } = spawnSync(process.execPath, ["all.mjs"], { cwd: folder, encoding: "utf8" });
    expect(stderr).toBe("");
    const outputs = stdout
      .split(`${end}\n`)
      .slice(0, -1)
      .map((text) => `${text.replace(/\b[\d.,]+ m?s\b/g, "… ms").trim()}\n`);
    expect(outputs).toHaveLength(snippets.length);
    expect(pages.map(({ name, snippets: own }) => [name, own.length])).toEqual([
      ["docs/library.md", 11],
      ["README.md", 1],
    ]);
    for (const { path, text, snippets: own } of pages) {
      const printed = outputs.splice(0, own.length);
      await expect(withOutputs(text, own, printed)).toMatchFileSnapshot(path);
    }
  });

  test("as TypeScript they compile with module and moduleResolution node16, and print the same", () =>
    expectCompiled("node16", "node16"));

  test("for a browser it is bundled unchanged: one file, without Node.js modules and without eval", async () => {
    const { metafile, warnings } = await build({
      absWorkingDir: folder,
      entryPoints: ["page.js"],
      outfile: "bundled.js",
      bundle: true,
      format: "esm",
      metafile: true,
    });
    expect(warnings).toEqual([]);
    expect(Object.keys(metafile.inputs)).toEqual(["node_modules/ldfi/dist/browser.js", "page.js"]);
    expect(Object.values(metafile.outputs).flatMap(({ imports }) => imports)).toEqual([]);
    const code = readFileSync(join(installed, "dist", "browser.js"), "utf8");
    expect(code.match(/\beval\(|new Function\(/g)).toBeNull();
  });

  test("both entries of the package have the same names", async () => {
    const namesOf = async (path: string): Promise<readonly string[]> =>
      Object.keys((await import(join(installed, "dist", path))) as object);
    expect(await namesOf("browser.js")).toEqual(await namesOf("index.js"));
  });

  describePage("the page of docs/library.md, bundled.html, shows what stands under it", "bundled.html");

  test("its command runs", () => {
    const program = "node_modules/ldfi/programs/delivery/simple.ded";
    const { stdout, status } = spawnSync(
      join(folder, "node_modules", ".bin", "ldfi"),
      ["check", program, "--eot", "4", "--eff", "2"],
      { cwd: folder, encoding: "utf8" },
    );
    expect(status).toBe(1);
    expect(stdout.split("\n")[0]).toBe("VIOLATED  with 1 fault, and no schedule with fewer does");
  });

  test("schemas can be imported by name", () => {
    mkdirSync(join(folder, "schemas"), { recursive: true });
    const code = `import schema from "ldfi/schema/check.schema.json" with { type: "json" }; console.log(schema.title);`;
    writeFileSync(join(folder, "schema.mjs"), code);
    const { stdout } = spawnSync(process.execPath, ["schema.mjs"], { cwd: folder, encoding: "utf8" });
    expect(stdout.trim()).toBe("The result of `ldfi check` and `ldfi break` with `--format json`");
  });

  test("it carries its licence, schemas, programs and every page that a page links to", () => {
    for (const path of [
      "LICENSE",
      "README.md",
      "CHANGELOG.md",
      "dist/LICENSES.txt",
      "schema/check.schema.json",
      "docs/api.md",
    ])
      expect([path, existsSync(join(installed, path))]).toEqual([path, true]);
    const pages = readdirSync(installed, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".md"));
    const dead = pages.flatMap((path) =>
      [...readFileSync(join(installed, path), "utf8").matchAll(/\]\((?!https?:|#)([^)#\s]+)(?:#[^)]*)?\)/g)]
        .map(([, target = ""]) => target)
        .filter((target) => !existsSync(join(installed, dirname(path), target)))
        .map((target) => `${path}: ${target}`),
    );
    expect(pages.length).toBeGreaterThan(8);
    expect(dead).toEqual([]);
  });

  test("it has nothing of the repository's tests and no source", () => {
    const names = readdirSync(installed).filter((name) => name !== "node_modules");
    expect(names.sort()).toEqual(
      [
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "README.md",
        "bin",
        "dist",
        "docs",
        "package.json",
        "programs",
        "schema",
      ].sort(),
    );
  });
});
