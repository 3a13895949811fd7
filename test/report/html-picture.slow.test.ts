import { describe, expect, it } from "vitest";
import type { CheckOptions } from "../../src/search/check.js";
import { findBrowser } from "./browser.js";
import { expectLegible, openReport } from "./legible.js";
import { ReportPages } from "./report-pages.js";
import { checked } from "./subject.js";

const found = findBrowser(process.env);
if (found.kind === "missing") console.warn(`html-picture.slow.test.ts is skipped: ${found.why}`);

/** A picture that is hard to draw; html-picture.long.test.ts has more of them, and every program. */
const subjects: readonly (readonly [string, CheckOptions])[] = [
  ["replication/fsync-late", { eot: 8, eff: 7, omissions: 0, restarts: 1 }],
];

describe.skipIf(found.kind === "missing")("the picture of a report in a browser", () => {
  const reports = new ReportPages(found);

  it.each(subjects)(
    "is legible, without a script and with it, on paper and to everybody: %s",
    async (name, options) => {
      await expectLegible(reports, checked([`programs/${name}.ded`], options));
    },
  );

  it("is above everything except the verdict, on wide and narrow pages", async () => {
    const subject = checked(["programs/consensus/raft-votes-twice.ded"], { eot: 8, eff: 7, crashes: 1 });
    for (const width of [1280, 390]) {
      const page = await openReport(reports, subject, width, "light");
      const box = await page.locator("svg.space-time").first().boundingBox();
      expect(box?.y).toBeLessThan(width < 600 ? 400 : 300);
      await page.close();
    }
  });

  it("keeps the names of the nodes in sight when a diagram scrolls", async () => {
    const subject = checked(["programs/replication/chain.ded"], { eot: 16, eff: 0, crashes: 2 });
    const page = await openReport(reports, subject, 390, "light");
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
