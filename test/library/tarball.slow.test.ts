import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../cli/ldfi.js";
import { findBrowser, startBrowser } from "../report/browser.js";
import { pageSnippetsOf, snippetsOf, withOutputs } from "./snippets.js";

/*
 * The package as a stranger gets it: packed, and installed into an empty folder without a network. What docs/library.md and the README show is compiled
 * and run there as it stands.
 */

const folder = mkdtempSync(join(tmpdir(), "ldfi-tarball-"));
const installed = join(folder, "node_modules", "ldfi");
const pages = ["docs/library.md", "README.md"].map((name) => {
  const path = join(root, name);
  const text = readFileSync(path, "utf8");
  return { name, path, text, snippets: snippetsOf(text) };
});
const snippets = pages.flatMap((page) => page.snippets);
const library = pages.flatMap(({ name, text }) => (name === "docs/library.md" ? [text] : [])).join("");
const [inPage] = pageSnippetsOf(library);
if (inPage === undefined) throw new Error("docs/library.md has no example for a page");
/** An import map in the place of a bundler, as the page shows it. */
const [, importMap = ""] = /^(<script type="importmap">.*<\/script>)$/m.exec(library) ?? [];
const found = findBrowser(process.env);
const tsc = join(root, "node_modules", "typescript", "bin", "tsc");

beforeAll(() => {
  const npm = (cwd: string, ...args: readonly string[]): void => {
    execFileSync("npm", [...args, "--silent", "--offline", "--no-audit", "--no-fund"], { cwd, stdio: "pipe" });
  };
  npm(root, "pack", "--ignore-scripts", "--pack-destination", folder);
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "";
  writeFileSync(join(folder, "package.json"), '{ "name": "stranger", "private": true }');
  npm(folder, "install", `./${tarball}`);
  for (const [i, { code }] of snippets.entries()) {
    writeFileSync(join(folder, `${i}.mjs`), code);
    writeFileSync(join(folder, `${i}.mts`), code);
  }
  for (const name of ["page.js", "page.mts"]) writeFileSync(join(folder, name), inPage.code);
  writeFileSync(join(folder, "mapped.html"), inPage.html.replace("<script", `${importMap}\n<script`));
  writeFileSync(join(folder, "bundled.html"), inPage.html.replace("page.js", "bundled.js"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the package, installed from its tarball into an empty folder", () => {
  test("the examples of docs/library.md and the README print the output that is documented below them", async () => {
    const outputs = snippets.map((_, i) => {
      const { stdout, stderr } = spawnSync(process.execPath, [`${i}.mjs`], { cwd: folder, encoding: "utf8" });
      return `${`${stdout}${stderr}`.replace(/\b[\d.,]+ m?s\b/g, "… ms").trim()}\n`;
    });
    expect(pages.map(({ name, snippets: own }) => [name, own.length])).toEqual([
      ["docs/library.md", 11],
      ["README.md", 1],
    ]);
    for (const { path, text, snippets: own } of pages) {
      const printed = outputs.splice(0, own.length);
      await expect(withOutputs(text, own, printed)).toMatchFileSnapshot(path);
    }
  });

  test.each([
    ["node16", "node16"],
    ["esnext", "bundler"],
  ])(
    "as TypeScript they compile with module %s and moduleResolution %s, and print the same",
    (module, moduleResolution) => {
      const outDir = join(folder, moduleResolution);
      const options = {
        module,
        moduleResolution,
        outDir,
        target: "es2022",
        lib: ["es2022", "dom"],
        types: [],
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        skipLibCheck: false,
      };
      const config = join(folder, `tsconfig.${moduleResolution}.json`);
      writeFileSync(
        config,
        JSON.stringify({ compilerOptions: options, files: [...snippets.keys(), "page"].map((name) => `${name}.mts`) }),
      );
      const compiled = spawnSync(process.execPath, [tsc, "--project", config], { cwd: folder, encoding: "utf8" });
      expect(compiled.stdout + compiled.stderr).toBe("");
      const last = snippets.length - 1;
      const run = (path: string): string =>
        spawnSync(process.execPath, [path], { cwd: folder, encoding: "utf8" }).stdout;
      expect(run(join(outDir, `${last}.mjs`))).toBe(run(`${last}.mjs`));
      expect(run(`${last}.mjs`)).not.toBe("");
    },
  );

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

  describe.skipIf(found.kind === "missing")("in a browser", () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await startBrowser(found.kind === "found" ? found.path : "");
    });
    afterAll(() => browser.close());

    test.each(["bundled.html", "mapped.html"])(
      "the page of docs/library.md, %s, shows what stands under it",
      async (name) => {
        const page = await browser.newPage();
        const complaints: string[] = [];
        page.on("console", (message) => complaints.push(message.text()));
        page.on("pageerror", (error) => complaints.push(error.message));
        await page.route("http://stranger.test/**", (route) => {
          const path = join(folder, new URL(route.request().url()).pathname);
          return existsSync(path) ? route.fulfill({ path }) : route.fulfill({ status: 204 });
        });
        await page.goto(`http://stranger.test/${name}`);
        await page.locator("pre:not(:empty)").waitFor();
        const text = `${((await page.locator("pre").textContent()) ?? "").replace(/\b[\d.,]+ m?s\b/g, "… ms").trim()}\n`;
        expect(withOutputs(library, [inPage], [text])).toBe(library);
        const report = page.frameLocator("iframe");
        await report.locator("#later").waitFor();
        const instant = (): Promise<string | null> => report.locator("#now").textContent();
        const before = await instant();
        await report.locator("#earlier").click();
        expect(await instant()).not.toBe(before);
        expect(complaints).toEqual([]);
        await page.close();
      },
    );
  });

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
