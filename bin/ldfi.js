#!/usr/bin/env node
// The program is built by `npm run build`; everything else is in src/cli. This is CommonJS (package.json beside it): Node loads
// an ES module through a loader of its own, which takes a sixth of the time in which it starts.
require("../dist/cli/main.cjs");
