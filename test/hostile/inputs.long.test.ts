import { expect, test } from "vitest";
import { ldfi } from "../cli/ldfi.js";
import { expectManners } from "./manners.js";
import { largePrograms } from "./programs.js";

test.each(largePrograms.filter(({ long }) => long === true))("$name", ({ content, options = [], status, says }) => {
  const ended = ldfi(["check", "-", ...options], { input: content });
  expectManners(ended);
  expect(ended.stdout + ended.stderr).toMatch(says);
  expect(ended.status).toBe(status);
});
