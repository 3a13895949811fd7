import type { DiagnosticDetails } from "./diagnostic.js";
import type { FileReader } from "./file-reader.js";
import { compareNames } from "./names.js";
import { nearest } from "./nearest.js";

const EXTENSION = ".ded";

/** That there is no file at the path of a program, which is called `name`. */
export function missingProgram(path: string, reader: FileReader, name = path): DiagnosticDetails {
  return { message: `there is no file ${name}`, help: missingHelp(path, reader) };
}

/** What to do about the path of a program where nothing is. */
export function missingHelp(path: string, reader: FileReader): string {
  const meant = meantPath(path, path, reader);
  return meant === undefined ? "is the path right, and relative to the current folder?" : `did you mean ${meant}?`;
}

/**
 * A path, as it is written, with the name of the program that is probably meant: one in the same folder, with the extension or with a
 * similar name. `path`: where nothing is.
 */
export function meantPath(written: string, path: string, reader: FileReader): string | undefined {
  const listing = reader.list?.(reader.folder(path));
  if (listing?.kind !== "folder") return undefined;
  const nameAt = 1 + Math.max(written.lastIndexOf("/"), written.lastIndexOf("\\"));
  const name = written.slice(nameAt);
  const complete = name.endsWith(EXTENSION) ? name : `${name}${EXTENSION}`;
  const programs = listing.entries.filter((entry) => entry.endsWith(EXTENSION)).sort(compareNames);
  const meant = programs.includes(complete) ? complete : nearest(complete, programs);
  return meant === undefined || meant === name ? undefined : `${written.slice(0, nameAt)}${meant}`;
}
