import { join } from "node:path";
import { expect, test } from "vitest";
import { exportedDeclarations } from "../../scripts/declarations.mjs";
import { root } from "../cli/ldfi.js";

const types = join(root, "dist", "types");
const declarations = exportedDeclarations(types);

test("every type that a signature of the library names is exported", () => {
  const exported = new Set(declarations.map(({ own }) => own));
  const missing = declarations.flatMap(({ name, uses }) =>
    uses.filter((used) => !exported.has(used)).map((used) => `${used.slice(types.length + 1)}, named by ${name}`),
  );
  expect(missing).toEqual([]);
});

test("declarations are read: their comments, and the types that they name", () => {
  const check = declarations.find(({ name }) => name === "check");
  expect(check?.text).toBe("export declare function check(setting: Setting, options?: CheckOptions): CheckResult;");
  expect(check?.doc).toMatch(/^Decides whether the program violates its specification/);
  expect(check?.uses.map((used) => used.slice(used.lastIndexOf("#") + 1)).sort()).toEqual([
    "CheckOptions",
    "CheckResult",
    "Setting",
  ]);
});

test("every function says what it does", () => {
  const functions = declarations.filter(({ kind }) => kind === "function" || kind === "class");
  expect(functions.length).toBeGreaterThan(20);
  expect(functions.filter(({ doc }) => doc === "").map(({ name }) => name)).toEqual([]);
});
