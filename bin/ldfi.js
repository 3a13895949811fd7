#!/usr/bin/env node
// The program is built by `npm run build`; everything else is in src/cli. This is CommonJS (package.json beside it): Node loads
// an ES module through a loader of its own, which takes a sixth of the time in which it starts.
const main = "../dist/cli/main.cjs";
try {
  require(main);
} catch (error) {
  // Of an installed package it is there.
  if (error.code !== "MODULE_NOT_FOUND" || !error.message.includes(main)) throw error;
  console.error("ldfi: this checkout is not built yet: npm ci && npm run build");
  process.exitCode = 2;
}
