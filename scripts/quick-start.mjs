// Parts of packages that take milliseconds at each start and that ldfi has no use for.
import { readFileSync } from "node:fs";

const table = "initCharCodeToOptimizedIndexMap() {";
const look = ": charCodeToOptimizedIdxMap[charCode]";

/** An esbuild plugin for what runs on Node. */
export function quickStart() {
  return {
    name: "quick-start",
    setup(builder) {
      // chevrotain tabulates a division for all 65,536 character codes, of which a program has few beyond 255.
      builder.onLoad({ filter: /chevrotain[\\/]lib[\\/]src[\\/]scan[\\/]lexer\.js$/ }, ({ path }) => {
        const text = readFileSync(path, "utf8");
        if (!text.includes(table) || !text.includes(look))
          throw new Error("chevrotain's lexer.js is not the text that scripts/quick-start.mjs can patch");
        return { contents: text.replace(table, `${table} return;`).replace(look, ": 255 + ~~(charCode / 255)") };
      });
      // chalk asks what the terminal can show, and loads two modules of Node for that; ldfi decides it itself (src/cli/terminal.ts).
      builder.onResolve({ filter: /^#supports-color$/ }, ({ path }) => ({ path, namespace: "quick-start" }));
      builder.onLoad({ filter: /./, namespace: "quick-start" }, () => ({
        contents: "export default { stdout: false, stderr: false };",
      }));
    },
  };
}
