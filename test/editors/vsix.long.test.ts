import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { root } from "../cli/ldfi.js";

/** The files of a zip archive, read from its directory. */
function unzipped(archive: Buffer): ReadonlyMap<string, Buffer> {
  const files = new Map<string, Buffer>();
  const end = archive.lastIndexOf("PK\x05\x06", undefined, "latin1");
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const [packed, length] = [archive.readUInt32LE(at + 20), archive.readUInt16LE(at + 28)];
    const local = archive.readUInt32LE(at + 42);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const name = archive.subarray(at + 46, at + 46 + length).toString("utf8");
    files.set(name, inflateRawSync(archive.subarray(start, start + packed)));
    at += 46 + length + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return files;
}

test("the extension is built with the server inside, and all that its manifest names is there", () => {
  const { status, stderr } = spawnSync(process.execPath, ["scripts/vsix.mjs"], { cwd: root, encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const files = unzipped(readFileSync(join(root, "dist/ldfi.vsix")));
  const manifest = JSON.parse(files.get("extension/package.json")?.toString("utf8") ?? "{}") as {
    main: string;
    contributes: {
      languages: readonly { configuration: string }[];
      grammars: readonly { path: string }[];
      commands: readonly { command: string }[];
    };
  };
  const { main, contributes } = manifest;
  const named = [
    main,
    ...contributes.languages.map((l) => l.configuration),
    ...contributes.grammars.map((g) => g.path),
  ];
  for (const path of named) expect([...files.keys()]).toContain(`extension/${path.replace("./", "")}`);
  const client = files.get("extension/extension.js")?.toString("utf8") ?? "";
  for (const { command } of contributes.commands) expect(client).toContain(command);
  for (const name of [
    "bin/ldfi.js",
    "bin/package.json",
    "dist/cli/main.cjs",
    "dist/cli/supervisor.cjs",
    "dist/cli/language-server.cjs",
    "dist/cli/work.cjs",
  ])
    expect(files.get(`extension/server/${name}`)).toEqual(readFileSync(join(root, name)));
});
