import { createRequire, syncBuiltinESMExports } from "node:module";

/**
 * Run before every quick test: a test that starts a process or a thread, itself or through what it calls (a browser is a
 * process too), fails and says how it is to be called instead.
 */
const require = createRequire(import.meta.url);

function forbid(module: string, names: readonly string[]): void {
  const exports = require(module) as Record<string, unknown>;
  for (const name of names) {
    exports[name] = function forbidden(): never {
      throw new Error(`${module}: ${name} in a quick test; what starts a process or a thread is a *.slow.test.ts`);
    };
  }
}

forbid("node:child_process", ["exec", "execFile", "execFileSync", "execSync", "fork", "spawn", "spawnSync"]);
forbid("node:worker_threads", ["Worker"]);
syncBuiltinESMExports();
