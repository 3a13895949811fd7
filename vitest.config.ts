import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Whole processes and real programs are tested beside small functions, on machines that may be busy.
    // Many of them wait for a process that they started: two at once fit two processors.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
