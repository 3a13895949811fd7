#!/usr/bin/env node
// The program is built by `npm run build`; everything else is in src/cli.
import "../dist/cli/main.js";
