import { test } from "vitest";
import { describePage, expectCompiled, installForTests } from "./stranger.js";

installForTests();

test("as TypeScript the examples compile with module esnext and moduleResolution bundler, and print the same", () =>
  expectCompiled("esnext", "bundler"));

describePage("the page of docs/library.md without a bundler, mapped.html, shows what stands under it", "mapped.html");
