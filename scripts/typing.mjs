// How long a key takes in the playground while a check runs: `node scripts/typing.mjs [FILE [EOT]]`, after `npm run playground`.
// In a real Chromium (CHROME_PATH, or chromium on PATH) 200 keys are typed into the program whose check goes on in the worker. Measured are the
// time from the moment at which the browser has a key to the frame that shows it, which depends on what else the machine does, and the processor
// time of each task of the page's thread, which does not. docs/playground.md has the figures.
import { cpus, loadavg } from "node:os";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { findChromium } from "./chromium.mjs";
import { servePlayground } from "./served-playground.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
const [program = "programs/large/vsr.ded", eot = "40"] = process.argv.slice(2);
const keys = 200;

const { server, address } = await servePlayground([program, "--eot", eot, "--crashes", "2"]);
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ["--headless", "--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await page.goto(address);
await page.locator("#stop:enabled").waitFor({ timeout: 60_000 });
await page.evaluate(() => {
  const measured = { keys: [] };
  globalThis.measured = measured;
  const shown = new MessageChannel();
  let since = [];
  shown.port1.onmessage = () => {
    for (const start of since) measured.keys.push(performance.now() - start);
    since = [];
  };
  addEventListener(
    "keydown",
    ({ timeStamp }) => {
      since.push(timeStamp);
      // The task after the frame in which the key shows.
      if (since.length === 1) requestAnimationFrame(() => shown.port2.postMessage(undefined));
    },
    { capture: true },
  );
});
// In a comment, so that what is checked stays a program.
await page.locator("#editor .cm-content").press("Control+End");
await page.keyboard.type("\n// ");
await page.evaluate(() => {
  globalThis.measured.keys.length = 0;
});
await browser.startTracing(page, { categories: ["toplevel"] });
let restarted = 0;
for (let i = 0; i < keys; i++) {
  if (await page.locator("#check").isEnabled()) {
    restarted++;
    await page.keyboard.press("Control+Enter");
    await page.locator("#stop:enabled").waitFor();
  }
  await page.keyboard.press("abcdefgh(, "[i % 11] ?? "x");
  await page.waitForTimeout(40);
}
const times = await page.evaluate(() => globalThis.measured.keys);
const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
await browser.close();
server.kill("SIGINT");

const thread = traceEvents.find(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain");
const tasks = traceEvents
  .filter(({ pid, tid, name }) => pid === thread?.pid && tid === thread?.tid && /::RunTask$/.test(name))
  .flatMap(({ tdur }) => (tdur === undefined ? [] : [tdur / 1000]))
  .toSorted((a, b) => b - a);
const perKey = tasks.reduce((sum, task) => sum + task, 0) / keys;

const sorted = times.toSorted((a, b) => a - b);
const at = (share) => (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN).toFixed(0);
console.log(
  `${program}, EOT ${eot}: ${keys} keys while it is checked${restarted === 0 ? "" : `, ${restarted + 1} times`}`,
);
console.log(`processor time of the page: ${perKey.toFixed(1)} ms a key; the longest task ${tasks[0]?.toFixed(1)} ms`);
console.log(`from key to frame: median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms, longest ${at(1)} ms`);
console.log(`${cpus().length} processors, load ${loadavg()[0]?.toFixed(1)}`);
