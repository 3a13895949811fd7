/** The result of reading a file. */
export type ReadResult =
  | { readonly kind: "read"; readonly text: string }
  | { readonly kind: "missing" }
  | { readonly kind: "unreadable"; readonly reason: string };

/** The only way in which the library sees files: backed by the disk in `cli/`, by memory in tests. */
export interface FileReader {
  /** The text of `path` (UTF-8, without a byte-order mark). Never throws. */
  read(path: string): ReadResult;
  /** The canonical absolute path: equal for all spellings of one file. */
  resolve(path: string): string;
  /** The folder of a path. */
  folder(path: string): string;
  /** `child` relative to `folder`; `child` itself if it is absolute. */
  join(folder: string, child: string): string;
}
