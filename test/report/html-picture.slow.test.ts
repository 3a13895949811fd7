import { describe, expect, it } from "vitest";
import { findBrowser } from "./browser.js";
import { expectLegible, openReport } from "./legible.js";
import { ReportPages } from "./report-pages.js";
import { checked } from "./subject.js";

const found = findBrowser(process.env);
if (found.kind === "missing") console.warn(`html-picture.slow.test.ts is skipped: ${found.why}`);

// html-picture.long.test.ts has those that are hard to draw, and every program.
describe.skipIf(found.kind === "missing")("the picture of a report in a browser", () => {
  const reports = new ReportPages(found);

  it("is legible, without a script and with it, on paper and to everybody", async () => {
    await expectLegible(reports, checked(["programs/delivery/simple.ded"], { eot: 4, eff: 2, crashes: 0 }));
  });

  it("is above everything except the verdict, and keeps the names of the nodes in sight when a diagram scrolls", async () => {
    const subject = checked(["programs/replication/chain.ded"], { eot: 16, eff: 0, crashes: 2 });
    const page = await openReport(reports, subject, 390, "light");
    const diagram = page.locator(".diagram").first();
    expect((await page.locator("svg.space-time").first().boundingBox())?.y).toBeLessThan(400);
    await diagram.evaluate((box) => box.scrollTo(200, 200));
    const [box, heads, axis] = await Promise.all(
      [diagram, page.locator(".heads").first(), page.locator(".axis").first()].map((part) => part.boundingBox()),
    );
    expect(Math.abs((heads?.y ?? 0) - (box?.y ?? 0))).toBeLessThan(3);
    expect(Math.abs((axis?.x ?? 0) - (box?.x ?? 0))).toBeLessThan(3);
    await page.close();
  });
});
