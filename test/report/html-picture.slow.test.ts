import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { CheckOptions } from "../../src/search/check.js";
import { findBrowser } from "./browser.js";
import { faultsOfDrawings } from "./picture.js";
import { ReportPages } from "./report-pages.js";
import type { Subject } from "./subject.js";
import { checked } from "./subject.js";

const found = findBrowser(process.env);
if (found.kind === "missing") console.warn(`html-picture.slow.test.ts is skipped: ${found.why}`);

/** Some pictures that are hard to draw; html-picture.long.test.ts has every program. */
const subjects: readonly (readonly [string, CheckOptions])[] = [
  ["consensus/raft-votes-twice", { eot: 8, eff: 7, crashes: 1 }],
  ["replication/fsync-late", { eot: 8, eff: 7, omissions: 0, restarts: 1 }],
  ["replication/partial", { eot: 10, eff: 9, omissions: 0, partialPartitions: 1 }],
];

describe.skipIf(found.kind === "missing")("the picture of a report in a browser", () => {
  const reports = new ReportPages(found);
  const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

  async function open({ report }: Subject, width: number, colorScheme: "light" | "dark"): Promise<Page> {
    const { address } = reports.write(report, "report.html");
    const page = await reports.newPage({ colorScheme, viewport: { width, height: 900 } });
    await page.goto(address);
    return page;
  }

  const accessibilityErrors = async (page: Page): Promise<readonly string[]> => {
    await page.addScriptTag({ path: axe });
    return page.evaluate(
      "axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map((n) => id + ': ' + n.target)))",
    );
  };

  for (const [name, options] of subjects) {
    it(`is legible, without a script and with it, on paper and to everybody: ${name}`, async () => {
      const subject = checked([`programs/${name}.ded`], options);
      const wide = await open(subject, 1280, "light");
      expect(await faultsOfDrawings(wide)).toEqual([]);
      expect(await accessibilityErrors(wide)).toEqual([]);
      const paper = await wide.pdf({ format: "A4", preferCSSPageSize: true });
      expect(paper.toString("latin1").match(/\/Type \/Page\b/g)).toHaveLength(2);
      await wide.close();
      const narrow = await open(subject, 390, "dark");
      expect(await faultsOfDrawings(narrow)).toEqual([]);
      expect(await accessibilityErrors(narrow)).toEqual([]);
      expect(await narrow.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
      await narrow.close();
    });
  }

  it("is above everything except the verdict, on wide and narrow pages", async () => {
    const subject = checked(["programs/consensus/raft-votes-twice.ded"], { eot: 8, eff: 7, crashes: 1 });
    for (const width of [1280, 390]) {
      const page = await open(subject, width, "light");
      const box = await page.locator("svg.space-time").first().boundingBox();
      expect(box?.y).toBeLessThan(width < 600 ? 400 : 300);
      await page.close();
    }
  });

  it("keeps the names of the nodes in sight when a diagram scrolls", async () => {
    const subject = checked(["programs/replication/chain.ded"], { eot: 16, eff: 0, crashes: 2 });
    const page = await open(subject, 390, "light");
    const diagram = page.locator(".diagram").first();
    await diagram.evaluate((box) => box.scrollTo(200, 200));
    const [box, heads, axis] = await Promise.all(
      [diagram, page.locator(".heads").first(), page.locator(".axis").first()].map((part) => part.boundingBox()),
    );
    expect(Math.abs((heads?.y ?? 0) - (box?.y ?? 0))).toBeLessThan(3);
    expect(Math.abs((axis?.x ?? 0) - (box?.x ?? 0))).toBeLessThan(3);
    await page.close();
  });
});
