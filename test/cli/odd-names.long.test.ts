import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { expectPinnedAndReproduced, expectPinsTested } from "./odd-nodes.js";

const folder = mkdtempSync(join(tmpdir(), "ldfi-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const names = ["", "\tb", "b\rc", "b\0", "b,c", 'say "b"', "\u202eb\u2028", "\u0085\u007f", "--help"];

describe("a node with an odd name", () => {
  const pinned: string[] = [];

  test.each(names)("%j is printed safely, pinned, and reproduced by the printed command", (name) => {
    pinned.push(expectPinnedAndReproduced(folder, name, `odd-${pinned.length}.ded`));
  });

  test("is pinned where ldfi test finds it, and printed safely there", () => {
    expect(pinned).toHaveLength(names.length);
    expectPinsTested(pinned);
  });
});
