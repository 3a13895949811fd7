import type { FileReader } from "../source/file-reader.js";

/** A file system in memory, for programs that are not on a disk: texts by path. Paths are written with `/`; `.` and `..` are resolved. */
export function memoryFiles(texts: Readonly<Record<string, string>>): FileReader {
  const byPath = new Map(Object.entries(texts).map(([path, text]) => [normalized(path), text]));
  return {
    read: (path) => {
      const text = byPath.get(normalized(path));
      return text === undefined ? { kind: "missing" } : { kind: "read", text };
    },
    resolve: normalized,
    folder: (path) => (path.includes("/") ? path.slice(0, Math.max(1, path.lastIndexOf("/"))) : "."),
    join: (folder, child) => (child.startsWith("/") ? child : `${folder}/${child}`),
  };
}

/** The absolute path, with the root as the current folder. */
function normalized(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}
