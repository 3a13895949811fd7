import { readdirSync, readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { findBrowser } from "../report/browser.js";
import { outcomeOf, PlaygroundPages } from "./playground.js";

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
  const playground = new PlaygroundPages(found);
  let page: Page;
  beforeAll(async () => {
    page = await playground.open();
  });

  it.each(expected)("%s: %s", async (path, outcome) => {
    await page.locator("#program").selectOption(path);
    await page.locator(`#files option[value="${path}"]`).waitFor({ state: "attached" });
    await page.locator("#check").click();
    expect(await outcomeOf(page)).toBe(outcome);
  });
});
