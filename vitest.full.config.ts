import { defineConfig } from "vitest/config";

// `npm run test:full`: what takes longer than `npm test` should.
export default defineConfig({
  test: {
    name: "long",
    include: ["test/**/*.long.test.ts"],
    maxWorkers: 2,
    testTimeout: 900_000,
    hookTimeout: 300_000,
  },
});
