import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { findBrowser } from "./browser.js";

describe("the browser to test with", () => {
  const folder = mkdtempSync(join(tmpdir(), "ldfi-browser-"));
  const chromium = join(folder, "chromium");
  const nowhere = join(folder, "empty");
  writeFileSync(chromium, "");
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("is the one that CHROME_PATH names, or one on PATH", () => {
    expect(findBrowser({ CHROME_PATH: chromium, PATH: nowhere })).toEqual({ kind: "found", path: chromium });
    expect(findBrowser({ PATH: `${nowhere}:${folder}` })).toEqual({ kind: "found", path: chromium });
  });

  it("may be missing, with a reason", () => {
    expect(findBrowser({ PATH: nowhere })).toEqual({
      kind: "missing",
      why: "there is no chromium or chromium-browser or google-chrome on PATH, and CHROME_PATH is not set",
    });
    expect(findBrowser({ PATH: nowhere, CHROME_PATH: nowhere })).toMatchObject({
      why: expect.stringContaining(`CHROME_PATH (${nowhere}) does not exist`) as unknown,
    });
  });

  it("must not be missing in continuous integration", () => {
    expect(() => findBrowser({ PATH: nowhere, CI: "true" })).toThrow(
      "the HTML report cannot be tested in a browser: there is no chromium",
    );
  });
});
