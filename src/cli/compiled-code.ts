import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Script } from "node:vm";

/*
 * Code that is loaded when a thread starts: one file, wrapped as a function of a module's parameters, with V8's code cache beside it. The
 * build makes the cache, which halves the time until the code runs; another version of Node rejects it and compiles the code.
 */

type Wrapper = (exports: object, require: NodeJS.Require, module: { exports: object }, file: string) => void;

/** The exports of `NAME.cjs` in a folder. Its text is ASCII, so it can be read without decoding. */
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
