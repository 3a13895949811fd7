import type { Page } from "playwright-core";
import { afterAll, expect } from "vitest";
import type { FoundBrowser } from "./browser.js";
import { ReportPages } from "./report-pages.js";
import type { Subject } from "./subject.js";
import { checked } from "./subject.js";

let kept: Subject | undefined;

/** A check of `delivery/classic`, made once. */
export function classic(): Subject {
  kept ??= checked(["programs/delivery/classic.ded"], { eot: 5, eff: 3, crashes: 0 });
  return kept;
}

/** Opens a report from disk. */
export type Open = (subject: Subject, colorScheme?: "light" | "dark") => Promise<Page>;

/** What opens reports in the tests of this `describe`; whatever the console says, and any request, is a complaint, which fails them. */
export function quietReports(found: FoundBrowser): Open {
  const reports = new ReportPages(found);
  const problems: string[] = [];
  let opened = 0;
  afterAll(() => expect(problems).toEqual([]));

  return async ({ report }, colorScheme = "light") => {
    const { address } = reports.write(report, `${++opened}.html`);
    const page = await reports.newPage({ colorScheme, viewport: { width: 1400, height: 900 } });
    page.on("console", (message) => problems.push(message.text()));
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("request", (request) => {
      if (request.url() !== address) problems.push(request.url());
    });
    await page.goto(address);
    return page;
  };
}
