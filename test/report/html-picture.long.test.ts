import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseDirectives } from "../../src/syntax/directives.js";
import type { CheckExpectation } from "../../src/syntax/expectation.js";
import { parseText } from "../../src/syntax/parser.js";
import { findBrowser } from "./browser.js";
import { expectLegible, openReport } from "./legible.js";
import { faultsOfDrawings } from "./picture.js";
import { ReportPages } from "./report-pages.js";
import { checked } from "./subject.js";

const found = findBrowser(process.env);
const largest = 1.5 * 2 ** 20;

/** The first expectation of each outcome that a program of the library has. */
const expectations = readdirSync("programs", { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ded"))
  .sort()
  .flatMap((path): readonly (readonly [string, string, CheckExpectation])[] => {
    const file = `programs/${path}`;
    const { directives } = parseDirectives(parseText({ path: file, text: readFileSync(file, "utf8") }).tree);
    const checks = directives.filter((line): line is CheckExpectation => line.kind === "check");
    return ["violated", "holds"].flatMap((outcome) => {
      const first = checks.find(({ expect }) => expect === outcome);
      return first === undefined ? [] : [[file, outcome, first] as const];
    });
  });

describe.skipIf(found.kind === "missing")("the report of every program", () => {
  const reports = new ReportPages(found);

  it.each(expectations)(
    "%s: %s",
    async (file, _, { kind, expect: _outcome, name, span, spans, with: besides, faults, vacuous, ...options }) => {
      const files = [file, ...besides.map((other) => join(dirname(file), other))];
      const { html, address } = reports.write(checked(files, options).report, "report.html");
      expect(Buffer.byteLength(html)).toBeLessThan(largest);
      const page = await reports.newPage({ viewport: { width: 1280, height: 900 } });
      const complaints: string[] = [];
      page.on("console", (message) => complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("request", (request) => {
        if (request.url() !== address) complaints.push(request.url());
      });
      await page.goto(address);
      expect([...complaints, ...(await faultsOfDrawings(page))]).toEqual([]);
      await page.close();
    },
  );
});

describe.skipIf(found.kind === "missing")("pictures that are hard to draw", () => {
  const reports = new ReportPages(found);

  it.each([
    ["replication/fsync-late", { eot: 8, eff: 7, omissions: 0, restarts: 1 }],
    ["consensus/raft-votes-twice", { eot: 8, eff: 7, crashes: 1 }],
    ["replication/partial", { eot: 10, eff: 9, omissions: 0, partialPartitions: 1 }],
  ] as const)("are legible, without a script and with it, on paper and to everybody: %s", async (name, options) => {
    await expectLegible(reports, checked([`programs/${name}.ded`], options));
  });

  it("are above everything except the verdict, on wide and narrow pages", async () => {
    const subject = checked(["programs/consensus/raft-votes-twice.ded"], { eot: 8, eff: 7, crashes: 1 });
    for (const width of [1280, 390]) {
      const page = await openReport(reports, subject, width, "light");
      const box = await page.locator("svg.space-time").first().boundingBox();
      expect(box?.y).toBeLessThan(width < 600 ? 400 : 300);
      await page.close();
    }
  });
});
