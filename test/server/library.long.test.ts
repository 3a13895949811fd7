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
/** Places of one program that are asked about; with LONG=all, every one. */
const mostPlaces = process.env.LONG === "all" ? Infinity : 60;
const { files } = programsAt([join(root, "programs")], diskFolders, reader);

describe("a program of the library that is being written", () => {
  test.each(files)("can be asked about after its tokens: %s", (path) => {
    const text = readFileSync(path, "utf8");
    const workspace = new Workspace(reader, () => [path]);
    const tokens = [...text.matchAll(/\w+|[^\s\w]+/g)];
    const step = Math.max(1, Math.ceil(tokens.length / mostPlaces));
    for (const { index, 0: token } of tokens.filter((_, i) => i % step === files.indexOf(path) % step)) {
      const end = index + token.length;
      workspace.change(path, text.slice(0, end));
      expect(askEverything(workspace, path, end)).toEqual([]);
    }
  });
});
