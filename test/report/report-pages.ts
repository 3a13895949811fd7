import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import type { CheckReport } from "../../src/report/check-report.js";
import type { HtmlAssets } from "../../src/report/html/html.js";
import { renderHtml } from "../../src/report/html/html.js";
import type { FoundBrowser } from "./browser.js";
import { bundledAssets, startBrowser } from "./browser.js";

/** HTML reports in a browser, which runs while the tests of the `describe` do in which this is made. */
export class ReportPages {
  private readonly folder = mkdtempSync(join(tmpdir(), "ldfi-report-"));
  private running: { readonly browser: Browser; readonly assets: HtmlAssets } | undefined;

  constructor(found: FoundBrowser) {
    beforeAll(async () => {
      const assets = await bundledAssets();
      this.running = { assets, browser: await startBrowser(found.kind === "found" ? found.path : "") };
    }, 60_000);
    afterAll(async () => {
      await this.running?.browser.close();
      rmSync(this.folder, { recursive: true });
    });
  }

  /** Writes a report to a file of this name: its text, and its address. */
  write(report: CheckReport, name: string): { readonly html: string; readonly address: string } {
    const html = renderHtml({ report, version: "0" }, this.parts().assets);
    return { html, address: this.keep(html, name) };
  }

  /** Writes a page to a file of this name; its address. */
  keep(html: string, name: string): string {
    const file = join(this.folder, name);
    writeFileSync(file, html);
    return pathToFileURL(file).href;
  }

  newPage(options: Parameters<Browser["newPage"]>[0]): Promise<Page> {
    return this.parts().browser.newPage(options);
  }

  private parts(): NonNullable<typeof this.running> {
    if (this.running === undefined) throw new Error("the browser was not started");
    return this.running;
  }
}
