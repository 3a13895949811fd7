import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { htmlHunt } from "../../src/report/html/hunt-html.js";
import { findBrowser } from "./browser.js";
import { huntReport } from "./hunt-report.js";
import { ReportPages } from "./report-pages.js";

const found = findBrowser(process.env);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

describe.skipIf(found.kind === "missing")("the report of a hunt in a browser", () => {
  const pages = new ReportPages(found);
  const problems: string[] = [];

  afterAll(() => expect(problems).toEqual([]));

  async function open(colorScheme: "light" | "dark", width = 1200): Promise<Page> {
    const address = pages.keep(htmlHunt(huntReport(), "0"), `hunt-${colorScheme}-${width}.html`);
    const page = await pages.newPage({ colorScheme, viewport: { width, height: 800 } });
    page.on("console", (message) => problems.push(message.text()));
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("dialog", (dialog) => problems.push(dialog.message()));
    page.on("request", (request) => {
      if (request.url() !== address) problems.push(request.url());
    });
    await page.goto(address);
    return page;
  }

  it("says the verdict, the faults in words, and the outcome", async () => {
    const page = await open("light");
    expect(await page.locator("h1").innerText()).toBe("VIOLATED with 1 fault, and not without it");
    expect(await page.locator("h2").first().innerText()).toBe(
      "shop › POST payment/pay#1 is carried out, and its answer is lost",
    );
    const text = await page.locator("main").innerText();
    expect(text).toContain("full, but two payments for one <order>");
    expect(text).toContain("ldfi hunt shop.hunt.yaml --only 'lost-response at shop › POST payment/pay#1'");
    expect(text).toContain("Alike: down(<payment>)");
    expect(text).toContain("21 runs for 90 fault sets");
    await page.close();
  });

  it("has the calls of both runs in a table, the disturbed one marked", async () => {
    const page = await open("light");
    const rows = await page.locator("tbody tr").allInnerTexts();
    expect(rows.map((row) => row.split(/\t/))).toEqual([
      ["shop", "200", "200"],
      ["POST payment/pay#1", "✗ lost-response", "200"],
      ["POST payment/pay#2", "200", "–"],
    ]);
    expect(await page.locator("tr.disturbed td").first().innerText()).toBe("POST payment/pay#1");
    await page.close();
  });

  it("runs nothing of what a body carries, and shows it", async () => {
    const page = await open("light");
    const item = await page.locator("li", { hasText: "POST payment/pay#1 /pay" }).innerText();
    expect(item).toContain("/pay?card=<script>alert(1)</script>");
    expect(item).toContain("</td>&");
    expect(await page.locator("script").count()).toBe(0);
    await page.close();
  });

  it.each(["light", "dark"] as const)("can be used by everybody, %s", async (scheme) => {
    const page = await open(scheme);
    await page.evaluate(axe);
    const violations = await page.evaluate("axe.run().then(({ violations }) => violations.map(({ id }) => id))");
    expect(violations).toEqual([]);
    await page.close();
  });

  it("fits a telephone", async () => {
    const page = await open("light", 390);
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    await page.close();
  });
});
