import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../cli/ldfi.js";
import { findBrowser, startBrowser } from "../report/browser.js";
import { pageSnippetsOf, snippetsOf, withOutputs } from "./snippets.js";

/*
 * The package as a stranger gets it: packed, and installed into an empty folder without a network. What docs/library.md and the README show is compiled
 * and run there as it stands.
 */

export const folder = mkdtempSync(join(tmpdir(), "ldfi-tarball-"));
export const installed = join(folder, "node_modules", "ldfi");
export const pages = ["docs/library.md", "README.md"].map((name) => {
  const path = join(root, name);
  const text = readFileSync(path, "utf8");
  return { name, path, text, snippets: snippetsOf(text) };
});
export const snippets = pages.flatMap((page) => page.snippets);
export const library = pages.flatMap(({ name, text }) => (name === "docs/library.md" ? [text] : [])).join("");
const [found] = pageSnippetsOf(library);
if (found === undefined) throw new Error("docs/library.md has no example for a page");
const inPage = found;
/** An import map in the place of a bundler, as the page shows it. */
const [, importMap = ""] = /^(<script type="importmap">.*<\/script>)$/m.exec(library) ?? [];
const tsc = join(root, "node_modules", "typescript", "bin", "tsc");

/** For the time of a file's tests the package is installed in `folder`, beside what the pages show. */
export function installForTests(): void {
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
}

/** As TypeScript the examples compile, and the last prints the same. */
export function expectCompiled(module: string, moduleResolution: string): void {
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
  const run = (path: string): string => spawnSync(process.execPath, [path], { cwd: folder, encoding: "utf8" }).stdout;
  expect(run(join(outDir, `${last}.mjs`))).toBe(run(`${last}.mjs`));
  expect(run(`${last}.mjs`)).not.toBe("");
}

/** A test, where there is a browser, that a page of docs/library.md shows what stands under it. */
export function describePage(title: string, name: string): void {
  const found = findBrowser(process.env);
  describe.skipIf(found.kind === "missing")("in a browser", () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await startBrowser(found.kind === "found" ? found.path : "");
    });
    afterAll(() => browser.close());

    test(title, () => expectPageShows(browser, name));
  });
}

/** The page of docs/library.md shows what stands under it. */
async function expectPageShows(browser: Browser, name: string): Promise<void> {
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
}
