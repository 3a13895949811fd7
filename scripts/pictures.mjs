// The pictures of the README, from real runs: `node scripts/pictures.mjs`, after `npm run build` and `npm run playground`.
// The browser is CHROME_PATH, or chromium on PATH.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { findChromium } from "./chromium.mjs";
import { servePlayground } from "./served-playground.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
const program = "programs/consensus/raft-votes-twice.ded";
const budget = ["--eot", "8", "--eff", "7", "--crashes", "1"];
const folder = mkdtempSync(join(tmpdir(), "ldfi-pictures-"));
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ["--headless", "--no-sandbox", "--disable-gpu"],
});

const report = join(folder, "report.html");
spawnSync(process.execPath, ["bin/ldfi.js", "check", program, ...budget, "--quiet", "--report", report]);
const page = await browser.newPage({ viewport: { width: 1280, height: 790 } });
await page.goto(pathToFileURL(report).href);
await page.screenshot({ path: "docs/report.png" });
await page.close();

const { server, address } = await servePlayground([program, ...budget]);
const playground = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await playground.goto(address);
await playground.locator("body:not(.working) #result[data-outcome]").waitFor({ timeout: 120_000 });
await playground.locator("#files option").first().waitFor({ state: "attached" });
await playground.screenshot({ path: "docs/playground.png" });
await browser.close();
server.kill("SIGINT");
rmSync(folder, { recursive: true });
