/** What became of an attempt to read a file. */
export type ReadResult =
  | { readonly kind: "read"; readonly text: string }
  | { readonly kind: "missing" }
  | { readonly kind: "unreadable"; readonly reason: string };

/** The only way in which the library sees files: backed by the disk in `cli/`, by memory in tests. */
export interface FileReader {
  /** The text of `path` (UTF-8, a byte-order mark dropped). Never throws. */
  read(path: string): ReadResult;
  /** A canonical absolute form, so that two spellings of one file are one file. */
  resolve(path: string): string;
  /** The folder of a path. */
  folder(path: string): string;
  /** `child` seen from `folder`; `child` itself if it is absolute. */
  join(folder: string, child: string): string;
}
