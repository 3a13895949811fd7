import type { FileReader, Listing } from "../source/file-reader.js";

/*
 * Replaces this folder's other files in the build for browsers (`scripts/build.mjs`): the same names, without files behind
 * them.
 */

const reason = "there is no disk in a browser: give the texts with `memoryFiles`";

/** A reader without files. */
export function diskFiles(): FileReader {
  return {
    read: () => ({ kind: "unreadable", reason }),
    resolve: (path) => path,
    folder: () => ".",
    join: (_, child) => child,
  };
}

/** A list without folders. */
export function diskFolders(_path: string): Listing {
  return { kind: "unreadable", reason };
}
