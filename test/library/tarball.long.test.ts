import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, test } from "vitest";
import { findBrowser, startBrowser } from "../report/browser.js";
import { expectCompiled, expectPageShows, installForTests } from "./stranger.js";

const found = findBrowser(process.env);
installForTests();

test("as TypeScript the examples compile with module esnext and moduleResolution bundler, and print the same", () =>
  expectCompiled("esnext", "bundler"));

describe.skipIf(found.kind === "missing")("in a browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser(found.kind === "found" ? found.path : "");
  });
  afterAll(() => browser.close());

  test("the page of docs/library.md without a bundler, mapped.html, shows what stands under it", () =>
    expectPageShows(browser, "mapped.html"));
});
