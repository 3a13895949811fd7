import type { FileReader } from "../source/file-reader.js";

/** The path of a file named by `with=` in `from`: that of an include of the same name. */
export function locate(
  name: string,
  from: string,
  { reader, includeDirs = [] }: { readonly reader: FileReader; readonly includeDirs?: readonly string[] },
): string {
  const candidates = [reader.folder(from), ...includeDirs].map((folder) => reader.join(folder, name));
  return candidates.find((path) => reader.read(path).kind !== "missing") ?? candidates[0] ?? name;
}
