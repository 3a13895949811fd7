import { readdirSync, statSync } from "node:fs";
import type { Listing } from "../testing/discovery.js";

/** What the disk holds under a path. Never throws: what cannot be looked at is a file, and reading it says why. */
export function nodeList(path: string): Listing {
  try {
    if (!statSync(path).isDirectory()) return { kind: "file" };
    return { kind: "folder", entries: readdirSync(path) };
  } catch (error) {
    const missing = error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
    return { kind: missing ? "missing" : "file" };
  }
}
