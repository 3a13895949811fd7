import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Script } from "node:vm";

/*
 * Code that is loaded at the start of a thread: one file, as a function of the names that a module has, with V8's compiled form beside it.
 * The build makes that form, and it halves the time until the code runs; a different version of node refuses it and
 * compiles the code itself.
 */

type Wrapper = (exports: object, require: NodeJS.Require, module: { exports: object }, file: string) => void;

/** What `NAME.cjs` of a folder exports. Its text is ASCII: every character is a byte, and reading it decodes nothing. */
export function loadCompiled(folder: string, name: string): object {
  const path = join(folder, `${name}.cjs`);
  const cachedData = compiled(join(folder, `${name}.cache`));
  const script = new Script(readFileSync(path, "latin1"), {
    filename: path,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  const module = { exports: {} };
  const run = script.runInThisContext() as Wrapper;
  run(module.exports, createRequire(path), module, path);
  return module.exports;
}

function compiled(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
