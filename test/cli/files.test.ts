import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeWhole } from "../../src/cli/write-whole.js";
import { diskFiles, stdinPath } from "../../src/disk/disk-files.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ldfi-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe("reading", () => {
  const reader = diskFiles(new TextEncoder().encode("\ufeffr(1)@1;"));

  test("a byte-order mark is dropped", () => {
    expect(reader.read(file("bom.ded", "\ufeffx"))).toEqual({ kind: "read", text: "x" });
    expect(reader.read(stdinPath)).toEqual({ kind: "read", text: "r(1)@1;" });
  });

  test("what is not there is missing", () => {
    expect(reader.read(join(folder, "nowhere.ded"))).toEqual({ kind: "missing" });
    expect(reader.read(join(file("plain", ""), "below"))).toEqual({ kind: "missing" });
    expect(reader.read("a\0b")).toEqual({ kind: "missing" });
  });

  test("folders and devices are refused", () => {
    expect(reader.read(folder)).toEqual({ kind: "unreadable", reason: "it is a directory" });
    expect(reader.read("/dev/zero")).toEqual({ kind: "unreadable", reason: "it is a device" });
  });

  test("bytes that are not UTF-8 are refused, with the line", () => {
    const path = file("latin1.ded", Uint8Array.of(0x61, 0x0a, 0xc3, 0xa4, 0xe4, 0x22));
    expect(reader.read(path)).toEqual({
      kind: "unreadable",
      reason: "it is not UTF-8 text (an invalid byte in line 2)",
    });
  });

  test("two spellings of a file are one file", () => {
    const path = file("one.ded", "");
    symlinkSync(path, join(folder, "other.ded"));
    expect(reader.resolve(join(folder, "x", "..", "other.ded"))).toBe(reader.resolve(path));
  });
});

describe("writing", () => {
  test("replaces a file, keeps its mode, and leaves nothing beside it", () => {
    const path = file("report.json", "old");
    chmodSync(path, 0o640);
    expect(writeWhole(path, "new")).toBeUndefined();
    expect(readFileSync(path, "utf8")).toBe("new");
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder).filter((name) => name.startsWith(".report"))).toEqual([]);
  });

  test("reports what went wrong", () => {
    expect(writeWhole(join(folder, "no", "report.json"), "x")).toBe("there is no such folder");
    expect(writeWhole(folder, "x")).toBe("it is a directory");
  });

  test("a full disk leaves the old file and nothing else", () => {
    expect(writeWhole("/dev/full", "x")).toBe("no space is left on the device");
  });

  test("a link is followed, not replaced", () => {
    const path = file("target.json", "old");
    const link = join(folder, "link.json");
    symlinkSync(path, link);
    expect(writeWhole(link, "new")).toBeUndefined();
    expect(readFileSync(path, "utf8")).toBe("new");
  });
});
