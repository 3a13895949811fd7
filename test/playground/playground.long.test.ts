import { describe, expect, it } from "vitest";
import { findBrowser } from "../report/browser.js";
import { accessibilityErrors } from "../report/legible.js";
import { faultsOfDrawings } from "../report/picture.js";
import { expectAttacksAsRun } from "./by-hand.js";
import { outcomeOf, PlaygroundPages } from "./playground.js";

const found = findBrowser(process.env);

describe.skipIf(found.kind === "missing")("the playground in a browser", () => {
  const playground = new PlaygroundPages(found);

  it("checks the program that is open, and shows the report of it", async () => {
    const page = await playground.open();
    await page.locator("#files option").first().waitFor({ state: "attached" });
    await page.locator("#editor .cm-content").press("Control+Enter");
    expect(await outcomeOf(page)).toBe("violated");
    expect(await page.locator("#result h1").textContent()).toMatch(/^violated with 1 fault/i);
    expect(await page.locator(".steps li").count()).toBe(2);
    expect(await faultsOfDrawings(page)).toEqual([]);
    await page.close();
  });

  it("lets a node restart, stand still and be cut off by hand, by mouse and by keyboard, as `ldfi run` has it", async () => {
    const page = await playground.open();
    await page.locator("#files option").first().waitFor({ state: "attached" });
    // attack.long.test.ts has each of them by keyboard.
    await expectAttacksAsRun(page, [
      ["restarts", "mouse", { kind: "restart", node: "b", at: 2, until: 4 }],
      ["stands still", "mouse", { kind: "pause", node: "b", at: 2, until: 4 }],
      ["is cut off", "mouse", { kind: "partition", a: ["b"], b: ["a", "c"], at: 2, until: 3 }],
      ["is not heard", "keyboard", { kind: "one-way-partition", a: ["b"], b: ["a", "c"], at: 2, until: 3 }],
    ]);
    await page.close();
  });

  it("can be used by everybody, on a phone too", async () => {
    const context = await playground.browser.newContext({
      bypassCSP: true,
      viewport: { width: 390, height: 844 },
      colorScheme: "dark",
    });
    const page = await context.newPage();
    await page.goto(playground.address);
    await page.locator("#files option").first().waitFor({ state: "attached" });
    await page.locator("#check").click();
    expect(await outcomeOf(page)).toBe("violated");
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    expect(await accessibilityErrors(page)).toEqual([]);
    await context.close();
  });
});
