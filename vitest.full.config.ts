import { defineConfig } from "vitest/config";
import { alias } from "./vitest.config.js";

/**
 * Hunts of the examples and every fault set of theirs, in real processes: a clean run that fails for want of processor time makes a hunt unfit, so that they want a
 * machine to themselves. `npm run test:long` runs them too.
 */
const alone = ["test/services/examples.long.test.ts"];

// `npm run test:full`: what takes longer than `npm test` should.
export default defineConfig({
  resolve: { alias },
  test: {
    name: "long",
    include: ["test/**/*.long.test.ts"],
    exclude: process.env.LONG === "all" ? [] : alone,
    maxWorkers: 2,
    testTimeout: 900_000,
    hookTimeout: 300_000,
  },
});
