import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import type { Fault } from "../../src/index.js";
import { faultInWords, replayFiles } from "../../src/index.js";
import { root } from "../cli/ldfi.js";
import { outcomeOf } from "./playground.js";

/** An entry of the menu at the line of b, chosen at instant 2 by one or the other, and the fault that it stands for. */
export type Attack = readonly [item: string, by: "mouse" | "keyboard", fault: Fault];

/** In a page that has just been opened, each attack does by hand what `ldfi run` does with its fault. */
export async function expectAttacksAsRun(page: Page, attacks: readonly Attack[]): Promise<void> {
  const path = "programs/delivery/retry.ded";
  await page.locator("#program").selectOption(path);
  await page.locator(`#files option[value="${path}"]`).waitFor({ state: "attached" });
  await page.locator("#bound-eot").fill("5");
  await page.locator("#attack").click();
  expect(await outcomeOf(page)).toBe("survives");
  const chosen = page.locator(".fault-list button");
  const choose = async (item: string, press: boolean): Promise<void> => {
    await page.getByRole("spinbutton", { name: "back at" }).fill("4");
    const entry = page.getByRole("menuitem", { name: item, exact: true });
    await (press ? entry.press("Enter") : entry.click());
    await chosen.first().waitFor();
  };
  for (const [item, by, fault] of attacks) {
    const answer = replayFiles(join(root, path), [fault], { eot: 5 });
    if (answer.kind !== "survives") throw new Error(answer.kind);
    const { run } = answer;
    if (by === "mouse") {
      // A click on the line of b, beside instant 2.
      const line = await page.locator('svg[data-diagram="0"] [data-lifeline="b"]').boundingBox();
      const row = await page.locator('figure[data-run="0"] svg.axis g[data-instant="2"] text').boundingBox();
      if (line === null || row === null) throw new Error("nothing is drawn");
      await page.mouse.click(line.x + line.width / 2, row.y + row.height / 2 + 8);
      await choose(item, false);
    } else {
      for (let t = 5; t > 2; t--) await page.locator("body").press("ArrowLeft");
      await page.locator('[data-lifeline="b"]').first().focus();
      await page.keyboard.press("Enter");
      await choose(item, true);
      for (let t = 2; t < 5; t++) await page.locator("#later").click();
    }
    expect(await chosen.allInnerTexts()).toEqual([`✕ ${faultInWords(fault, run.nodes)}`]);
    expect(await outcomeOf(page)).toBe("survives");
    // What has been logged by the end is what it is in `ldfi run`; then one instant earlier, and so on.
    const log = run.program.relationByName.get("log");
    for (let t = 5; t > 1; t--) {
      const logged = await page.locator("#table tr:has(th:text-is('log')) .tuple:not(.lost)").allTextContents();
      const own = log === undefined ? [] : run.tuples(log, t).map(([node]) => node);
      expect([item, t, ["a", "b", "c"].filter((node) => logged.some((text) => text.includes(`("${node}"`)))]).toEqual([
        item,
        t,
        own,
      ]);
      await page.locator("#earlier").click();
    }
    await chosen.first().click();
    await page.locator(".fault-list:empty").waitFor({ state: "attached" });
    for (let t = 1; t < 5; t++) await page.locator("#later").click();
  }
}
