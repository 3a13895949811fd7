import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const slow = "test/**/*.slow.test.ts";
const path = (file: string) => fileURLToPath(new URL(file, import.meta.url));
export const alias = {
  // The playground imports the package; without a browser it is tested with the source, as everything is.
  ldfi: path("src/index.ts"),
  "logic-solver/minisat.js": path("test/extended-minisat.ts"),
};
const long = "test/**/*.long.test.ts";
const mocking = "test/**/*.mocking.slow.test.ts";
/** Whole processes are waited for, on machines that may be busy: a test ends when its work is done, and one that hangs ends some time. */
const patient = { testTimeout: 300_000, hookTimeout: 300_000 };

// test/README.md says which test is called what. The long ones have a configuration of their own, vitest.full.config.ts.
export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "quick",
          include: ["test/**/*.test.ts"],
          exclude: [slow, long],
          setupFiles: ["test/no-processes.ts"],
          // Half of the time would go into loading the same modules for every file.
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      { resolve: { alias }, test: { name: "slow", include: [slow], exclude: [mocking], isolate: false, ...patient } },
      // What mocks modules would otherwise mock them for the files that come after it, or come too late.
      { resolve: { alias }, test: { name: "mocking", include: [mocking], ...patient } },
    ],
    // Many tests wait for a process that they started: two at once fit two processors.
    maxWorkers: 2,
  },
});
