import type { FileReader, Listing } from "../source/file-reader.js";

/*
 * What stands in the place of this folder's other files in the build for browsers (`scripts/build.mjs`): the same names, and nothing
 * behind them.
 */

const reason = "there is no disk in a browser: give the texts with `memoryFiles`";

/** A reader of a machine without files. */
export function diskFiles(): FileReader {
  return {
    read: () => ({ kind: "unreadable", reason }),
    resolve: (path) => path,
    folder: () => ".",
    join: (_, child) => child,
  };
}

/** Folders of a machine without any. */
export function diskFolders(_path: string): Listing {
  return { kind: "unreadable", reason };
}
