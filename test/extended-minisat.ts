import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { extended } from "../scripts/minisat.mjs";

/* What `logic-solver/minisat.js` is for tests of the source: the package's, extended as the build extends it. */

const require = createRequire(import.meta.url);
const module: { exports: unknown } = { exports: undefined };
new Function("module", extended(readFileSync(require.resolve("logic-solver/minisat.js"), "utf8")))(module);

export default module.exports;
