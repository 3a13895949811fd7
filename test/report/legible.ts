import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { faultsOfDrawings } from "./picture.js";
import type { ReportPages } from "./report-pages.js";
import type { Subject } from "./subject.js";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Opens a report from disk. */
export async function openReport(
  reports: ReportPages,
  { report }: Subject,
  width: number,
  colorScheme: "light" | "dark",
): Promise<Page> {
  const { address } = reports.write(report, "report.html");
  const page = await reports.newPage({ colorScheme, viewport: { width, height: 900 } });
  await page.goto(address);
  return page;
}

/** What `axe` finds on a page, each with its place. */
export async function accessibilityErrors(page: Page): Promise<readonly string[]> {
  await page.addScriptTag({ path: axe });
  return page.evaluate(
    "axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map((n) => id + ': ' + n.target)))",
  );
}

/** On a wide page and a narrow one, in light and in dark, on paper, and for tools that assist. */
export async function expectLegible(reports: ReportPages, subject: Subject): Promise<void> {
  const wide = await openReport(reports, subject, 1280, "light");
  expect(await faultsOfDrawings(wide)).toEqual([]);
  expect(await accessibilityErrors(wide)).toEqual([]);
  const paper = await wide.pdf({ format: "A4", preferCSSPageSize: true });
  expect(paper.toString("latin1").match(/\/Type \/Page\b/g)).toHaveLength(2);
  await wide.close();
  const narrow = await openReport(reports, subject, 390, "dark");
  expect(await faultsOfDrawings(narrow)).toEqual([]);
  expect(await accessibilityErrors(narrow)).toEqual([]);
  expect(await narrow.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
  await narrow.close();
}
