import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

// A pipe or a file gets failures and a summary; in CI all that a terminal gets, so that one sees how far it is. Neither gets colours:
// vitest writes them wherever NO_COLOR has not been set before it starts.
const isPiped = !process.stdout.isTTY && process.env.FORCE_COLOR === undefined;
if (isPiped) {
  process.env.NO_COLOR ??= "1";
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream) as (...given: unknown[]) => boolean;
    stream.write = (chunk: unknown, ...more: unknown[]) =>
      write(typeof chunk === "string" ? stripVTControlCharacters(chunk) : chunk, ...more);
  }
}

/**
 * Files that take twenty seconds and more, the longest first. Without an earlier run's times vitest begins with the largest files; one of
 * these as the last would run alone.
 */
const LONG = [
  "notebooks/browser/chapters.test.ts",
  "notebooks/run/chapters.test.ts",
  "notebooks/run/agreement.test.ts",
  "grader/cli/hostile-class.test.ts",
  "grader/drivers/sandboxed.test.ts",
  "notebooks/browser/live-figure.test.ts",
  "bench/faults/faults.test.ts",
  "grader/cli/gradebook/gradebook.test.ts",
  "bench/bench.test.ts",
  "grader/exercises/01-change-of-variables/slips.test.ts",
  "notebooks/browser/look.test.ts",
  "notebooks/browser/answers.test.ts",
  "notebooks/kernel/nbgrader.test.ts",
  "/other-answers.test.ts",
  "bench/judge/judge.test.ts",
  "notebooks/kernel/cells/bounds.test.ts",
  "notebooks/print/print.test.ts",
  "notebooks/browser/frame.test.ts",
  "scaffold/scaffold.test.ts",
  "lib/bijections/contract/contract.test.ts",
  "lib/figure/gallery/look.test.ts",
  "notebooks/kernel/kernel.test.ts",
  "notebooks/browser/predictions.test.ts",
  "lib/figure/gallery/browser.test.ts",
  "lib/engine/compile/xla.test.ts",
  "lib/engine/calls/calls.test.ts",
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = LONG.findIndex((file) => moduleId.endsWith(file));
      return found < 0 ? LONG.length : found;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

const everyTest = ["**/*.test.ts", "setup/**/*.test.js"];
const notOurs = ["**/node_modules/**", "**/dist/**"];

export default defineConfig({
  test: {
    // One of a thousand, chosen by -t, would be lost among the others.
    hideSkippedTests: true,
    ...(isPiped && !process.env.CI && { reporters: ["minimal"] }),
    projects: [
      // The library is read as source, always.
      { extends: true, test: { name: "lib", include: ["lib/**/*.test.ts"], exclude: notOurs } },
      // Whatever starts the sandbox or the kernel needs what these load to be compiled.
      {
        extends: true,
        test: {
          name: "course",
          include: everyTest,
          exclude: [...notOurs, "lib/**"],
          globalSetup: "setup/testing/compiled.js",
        },
      },
    ],
    // No test's checks are somebody's progress.
    env: { FLOWLAB_PROGRESS: "off" },
    // They end what hangs. What is asked is of processor time or of order: a crowded machine only makes it take longer.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // The sources run in Node as they are, in tests as everywhere else: no bundler reads them first, and what is compiled is kept.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    execArgv: ["--import", pathToFileURL(join(import.meta.dirname, "setup/testing/compiled-once.js")).href],
    // One more than the two cores: a test that drives a kernel, a browser or a sandbox waits for it most of the time.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
  },
});
