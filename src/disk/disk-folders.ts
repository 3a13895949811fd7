import { readdirSync, statSync } from "node:fs";
import type { Listing } from "../source/file-reader.js";
import { failureOf } from "./failures.js";

/** Lists a path on the disk: a `List`. Never throws. */
export function diskFolders(path: string): Listing {
  try {
    if (!statSync(path).isDirectory()) return { kind: "file" };
    return { kind: "folder", entries: readdirSync(path) };
  } catch (error) {
    const failure = failureOf(error);
    return failure.kind === "missing" ? failure : { kind: "unreadable", reason: failure.reason };
  }
}
