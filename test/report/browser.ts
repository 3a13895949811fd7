import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { build } from "esbuild";
import type { Browser } from "playwright-core";
import { chromium } from "playwright-core";
import type { HtmlAssets } from "../../src/report/html/html.js";

const names = ["chromium", "chromium-browser", "google-chrome"];

/** A browser to test with, or why there is none. */
export type FoundBrowser =
  | { readonly kind: "found"; readonly path: string }
  | { readonly kind: "missing"; readonly why: string };

/** CHROME_PATH, or the first browser on PATH. To have none is an error in continuous integration, where a skipped test would not be noticed. */
export function findBrowser(env: Readonly<Record<string, string | undefined>>): FoundBrowser {
  const { CHROME_PATH: chosen = "", PATH: folders = "", CI: integration } = env;
  const candidates = [
    ...(chosen === "" ? [] : [chosen]),
    ...folders.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name))),
  ];
  const path = candidates.find((candidate) => existsSync(candidate));
  if (path !== undefined) return { kind: "found", path };
  const why = `there is no ${names.join(" or ")} on PATH, and CHROME_PATH ${chosen === "" ? "is not set" : `(${chosen}) does not exist`}`;
  if (integration === "true") throw new Error(`the HTML report cannot be tested in a browser: ${why}`);
  return { kind: "missing", why };
}

export async function startBrowser(executablePath: string): Promise<Browser> {
  const quiet = ["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  return chromium.launch({
    executablePath,
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", ...quiet],
  });
}

/** The browser's part of a report, bundled as the build does it. */
export async function bundledAssets(): Promise<HtmlAssets> {
  const [script = "", style = ""] = await Promise.all(["main.ts", "style.css"].map(bundled));
  return { script, style };
}

async function bundled(name: string): Promise<string> {
  const entry = `src/report/html/client/${name}`;
  const made = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    platform: "browser",
    format: "iife",
    target: "es2022",
  });
  return made.outputFiles[0]?.text ?? "";
}
