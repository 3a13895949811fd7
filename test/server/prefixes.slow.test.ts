import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { diskFiles } from "../../src/disk/disk-files.js";
import { diskFolders } from "../../src/disk/disk-folders.js";
import { Workspace } from "../../src/language/workspace.js";
import { programsAt } from "../../src/testing/discovery.js";
import { root } from "../cli/ldfi.js";
import { askEverything } from "./broken-texts.js";

const reader = diskFiles();
const { files } = programsAt([join(root, "programs")], diskFolders, reader);

/** Where a text may break off while it is written: after each token, or each character. */
function ends(text: string, how: "token" | "character"): readonly number[] {
  if (how === "character") return Array.from({ length: text.length + 1 }, (_, i) => i);
  return [...text.matchAll(/\w+|[^\s\w]+/g)].map(({ index, 0: token }) => index + token.length);
}

/** One program of the disk, which is written from its beginning; the files that it includes are there. */
function write(path: string, how: "token" | "character", stride: number): void {
  const text = readFileSync(path, "utf8");
  const workspace = new Workspace(reader, () => [path]);
  for (const [i, end] of ends(text, how).entries()) {
    if (i % stride !== 0) continue;
    workspace.change(path, text.slice(0, end));
    expect(askEverything(workspace, path, end), `${path}: ${text.slice(Math.max(0, end - 40), end)}`).toEqual([]);
  }
}

describe("a program that is being written", () => {
  test("can be asked about after one token in a hundred, whichever of the library it is", () => {
    expect(files.length).toBeGreaterThan(100);
    for (const [i, path] of files.entries()) write(path, "token", 97 + (i % 7));
  });

  test.each(["programs/delivery/simple.ded", "programs/delivery/agreement.ded"])(
    "can be asked about after every character: %s",
    (path) => {
      write(join(root, path), "character", 1);
    },
  );
});
