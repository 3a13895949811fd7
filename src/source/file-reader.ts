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
  /** The folders, if they can be listed; for suggestions. */
  readonly list?: List;
}

/** What a path is. */
export type Listing =
  | { readonly kind: "file" }
  /** Names, in any order. */
  | { readonly kind: "folder"; readonly entries: readonly string[] }
  | { readonly kind: "missing" }
  /** It exists, but its kind or contents cannot be read. */
  | { readonly kind: "unreadable"; readonly reason: string };

/** Lists folders: the counterpart of `FileReader` for finding programs. Never throws. */
export type List = (path: string) => Listing;
