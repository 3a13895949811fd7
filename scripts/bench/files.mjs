// The files of this machine, as the library wants to see them.
import { readFileSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";

export const files = {
  read: (file) => ({ kind: "read", text: readFileSync(file, "utf8") }),
  resolve: (file) => resolve(file),
  folder: dirname,
  join: (folder, child) => (isAbsolute(child) ? child : join(folder, child)),
};
