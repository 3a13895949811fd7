import { readdirSync, readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBrowser, startBrowser } from "../report/browser.js";
import type { Served } from "./playground.js";
import { buildPlayground, openPlayground, outcomeOf, servePlayground } from "./playground.js";

const found = findBrowser(process.env);

/** The programs of the library, by the outcome that each first `//! check` line states. */
const expected = readdirSync("programs", { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ded"))
  .sort()
  .flatMap((path): readonly (readonly [string, string])[] => {
    const [, outcome] = /\/\/! check .*?\bexpect=(\w+)/.exec(readFileSync(`programs/${path}`, "utf8")) ?? [];
    return outcome === undefined ? [] : [[`programs/${path}`, outcome]];
  });

describe.skipIf(found.kind === "missing")("the library in the playground", () => {
  let browser: Browser;
  let served: Served;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    buildPlayground();
    browser = await startBrowser(found.kind === "found" ? found.path : "");
    served = await servePlayground();
    page = await openPlayground(browser, served.address, complaints);
  }, 300_000);

  afterAll(async () => {
    await browser.close();
    served.process.kill("SIGINT");
    expect(complaints).toEqual([]);
  });

  it.each(expected)("%s: %s", async (path, outcome) => {
    await page.locator("#program").selectOption(path);
    await page.locator(`#files option[value="${path}"]`).waitFor({ state: "attached" });
    await page.locator("#check").click();
    expect(await outcomeOf(page)).toBe(outcome);
  });
});
