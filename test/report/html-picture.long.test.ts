import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HtmlAssets } from "../../src/report/html/html.js";
import { renderHtml } from "../../src/report/html/html.js";
import { parseDirectives } from "../../src/syntax/directives.js";
import type { CheckExpectation } from "../../src/syntax/expectation.js";
import { parseText } from "../../src/syntax/parser.js";
import { bundledAssets, findBrowser, startBrowser } from "./browser.js";
import { faultsOfDrawings } from "./picture.js";
import { checked } from "./subject.js";

const found = findBrowser(process.env);
const largest = 1.5 * 2 ** 20;

/** The first expectation of each outcome that a program of the library has. */
const expectations = readdirSync("programs", { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ded"))
  .sort()
  .flatMap((path): readonly (readonly [string, string, CheckExpectation])[] => {
    const file = `programs/${path}`;
    const { directives } = parseDirectives(parseText({ path: file, text: readFileSync(file, "utf8") }).tree);
    const checks = directives.filter((line): line is CheckExpectation => line.kind === "check");
    return ["violated", "holds"].flatMap((outcome) => {
      const first = checks.find(({ expect }) => expect === outcome);
      return first === undefined ? [] : [[file, outcome, first] as const];
    });
  });

describe.skipIf(found.kind === "missing")("the report of every program", () => {
  let browser: Browser;
  let assets: HtmlAssets;
  const folder = mkdtempSync(join(tmpdir(), "ldfi-pictures-"));
  const report = join(folder, "report.html");

  beforeAll(async () => {
    assets = await bundledAssets();
    browser = await startBrowser(found.kind === "found" ? found.path : "");
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  it.each(expectations)(
    "%s: %s",
    async (file, _, { kind, expect: _outcome, name, span, spans, with: besides, faults, vacuous, ...options }) => {
      const files = [file, ...besides.map((other) => join(dirname(file), other))];
      const html = renderHtml({ report: checked(files, options).report, version: "0" }, assets);
      expect(Buffer.byteLength(html)).toBeLessThan(largest);
      writeFileSync(report, html);
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      const complaints: string[] = [];
      page.on("console", (message) => complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("request", (request) => {
        if (request.url() !== pathToFileURL(report).href) complaints.push(request.url());
      });
      await page.goto(pathToFileURL(report).href);
      expect([...complaints, ...(await faultsOfDrawings(page))]).toEqual([]);
      await page.close();
    },
  );
});
