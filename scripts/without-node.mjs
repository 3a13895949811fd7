// The library without a platform, for browsers.
import { fileURLToPath } from "node:url";

const noDisk = fileURLToPath(new URL("../src/disk/no-disk.ts", import.meta.url));

/**
 * An esbuild plugin. In the place of the disk stands `src/disk/no-disk.ts`. Of Node's own modules the solver alone asks for some, in code that
 * runs in Node only: they are empty. Anything else that asks for one is a mistake.
 */
export function withoutNode() {
  return {
    name: "without-node",
    setup(builder) {
      builder.onResolve({ filter: /\/disk-(files|folders)\.js$/ }, () => ({ path: noDisk }));
      builder.onResolve({ filter: /^(fs|path|crypto)$/ }, ({ path, importer }) =>
        /[\\/]logic-solver[\\/]/.test(importer) ? { path, namespace: "nothing" } : undefined,
      );
      builder.onLoad({ filter: /.*/, namespace: "nothing" }, () => ({
        contents: "module.exports = {};",
        loader: "js",
      }));
    },
  };
}
