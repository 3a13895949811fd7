import { existsSync } from "node:fs";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";
import type { HtmlAssets } from "../../src/report/html/html.js";

const places = [process.env["CHROME_PATH"], "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Where a browser is installed, if one is. */
export function browserPath(): string | undefined {
  return places.find((path) => path !== undefined && path !== "" && existsSync(path));
}

export async function startBrowser(executablePath: string): Promise<Browser> {
  const quiet = ["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  return chromium.launch({ executablePath, args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", ...quiet] });
}

/** The browser's part of a report, bundled as the build does it. */
export async function bundledAssets(): Promise<HtmlAssets> {
  const [script = "", style = ""] = await Promise.all(["main.ts", "style.css"].map(bundled));
  return { script, style };
}

async function bundled(name: string): Promise<string> {
  const entry = `src/report/html/client/${name}`;
  const made = await build({ entryPoints: [entry], bundle: true, minify: true, write: false, platform: "browser", format: "iife", target: "es2022" });
  return made.outputFiles[0]?.text ?? "";
}
