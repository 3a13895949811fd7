import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ldfi, Started } from "./ldfi.js";

let cache = "";
beforeAll(() => {
  cache = mkdtempSync(join(tmpdir(), "ldfi-cache-"));
});
afterAll(() => rmSync(cache, { recursive: true, force: true }));

test("processes and threads that share a cache lose nothing to each other", async () => {
  const words = ["test", "programs/delivery", "--reporter", "json", "--cache", cache, "--jobs", "2"];
  const both = [new Started(words), new Started(words)];
  const ended = await Promise.all(both.map((one) => one.ended));
  expect(ended.map(({ status, stderr }) => `${status}${stderr}`)).toEqual(["0", "0"]);
  // Nothing is left beside the entries.
  const names = readdirSync(cache, { recursive: true, encoding: "utf8" }).filter((name) => name.includes("."));
  expect(names.filter((name) => !name.endsWith(".json"))).toEqual([]);

  const { stdout } = ldfi(words);
  const results: readonly { readonly name: string; readonly cached?: true }[] = JSON.parse(stdout).results;
  const decided = results.filter(({ name, cached }) => name.startsWith("check") && cached !== true);
  expect(results.filter(({ cached }) => cached === true).length).toBeGreaterThan(10);
  expect(decided.map(({ name }) => name)).toEqual([]);
});
