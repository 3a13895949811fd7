import { readdirSync, statSync } from "node:fs";
import type { Listing } from "../testing/discovery.js";
import { failureOf } from "./node-file-reader.js";

/** What the disk holds under a path. Never throws. */
export function nodeList(path: string): Listing {
  try {
    if (!statSync(path).isDirectory()) return { kind: "file" };
    return { kind: "folder", entries: readdirSync(path) };
  } catch (error) {
    const failure = failureOf(error);
    return failure.kind === "missing" ? failure : { kind: "unreadable", reason: failure.reason };
  }
}
