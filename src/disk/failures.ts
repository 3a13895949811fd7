import type { ReadResult } from "../source/file-reader.js";

/** The result for a path that an error of the file system means. */
export function failureOf(error: unknown): Exclude<ReadResult, { readonly kind: "read" }> {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
    case "ERR_INVALID_ARG_VALUE":
    case "ENAMETOOLONG":
      return { kind: "missing" };
    case "EACCES":
    case "EPERM":
      return { kind: "unreadable", reason: "permission denied" };
    case "ELOOP":
      return { kind: "unreadable", reason: "its symbolic links go in a circle" };
    case "ERR_FS_FILE_TOO_LARGE":
    case "ERR_STRING_TOO_LONG":
      return { kind: "unreadable", reason: "it is too large" };
    default:
      return { kind: "unreadable", reason: error instanceof Error ? error.message : String(error) };
  }
}
