// The browser of the scripts that need one.
import { spawnSync } from "node:child_process";

/** CHROME_PATH, or the first Chromium on PATH. */
export function findChromium() {
  if (process.env.CHROME_PATH) return process.env.CHROME_PATH;
  const { stdout } = spawnSync("which", ["chromium", "chromium-browser", "google-chrome"], { encoding: "utf8" });
  return stdout.split("\n")[0];
}
