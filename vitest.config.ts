import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["**/*.test.ts", "setup/**/*.test.js"],
    exclude: ["**/node_modules/**", "**/dist/**"],
    testTimeout: 30_000,
    // Two cores: more workers only make the kernels and sandboxes under test wait for each other.
    maxWorkers: 2,
  },
});
