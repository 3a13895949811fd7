import { posix } from "node:path";
import type { FileReader } from "../../src/source/file-reader.js";

/** A file system in memory, rooted at `/files`; `unreadable` paths are there but cannot be read. */
export function memoryFiles(
  files: Readonly<Record<string, string>>,
  unreadable: readonly string[] = [],
): FileReader & { readonly reads: string[] } {
  const resolve = (path: string): string => posix.resolve("/files", path);
  const texts = new Map(Object.entries(files).map(([path, text]) => [resolve(path), text]));
  const locked = new Set(unreadable.map(resolve));
  const reads: string[] = [];
  return {
    reads,
    read(path) {
      reads.push(resolve(path));
      if (locked.has(resolve(path))) return { kind: "unreadable", reason: "permission denied" };
      const text = texts.get(resolve(path));
      return text === undefined ? { kind: "missing" } : { kind: "read", text };
    },
    resolve,
    folder: (path) => posix.dirname(path),
    join: (folder, child) => (posix.isAbsolute(child) ? child : posix.join(folder, child)),
  };
}
