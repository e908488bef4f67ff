import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startKernel } from "./client.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "flowlab-starts-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A kernel that ends at its first starts, as one whose port has been taken meanwhile does. */
function endsAtFirst(starts: number): { counted: string; env: NodeJS.ProcessEnv } {
  const counted = join(folder, `${starts}.txt`);
  const program = join(folder, `${starts}.mjs`);
  writeFileSync(
    program,
    `import { appendFileSync, readFileSync } from "node:fs";
    import { isMainThread } from "node:worker_threads";
    if (isMainThread) {
      appendFileSync(${JSON.stringify(counted)}, "x");
      if (readFileSync(${JSON.stringify(counted)}).length <= ${starts}) {
        console.error("Address already in use");
        process.exit(1);
      }
    }`,
  );
  return { counted, env: { ...process.env, NODE_OPTIONS: `--import=${pathToFileURL(program)}` } };
}

test("a kernel that ends before it answers is started again on other ports", async () => {
  const { counted, env } = endsAtFirst(1);
  const kernel = await startKernel({ env });
  const { outputs } = await kernel.execute("1 + 1");
  await kernel.shutdown();
  expect(outputs).toMatchObject([{ data: { "text/plain": "2" } }]);
  expect(existsSync(counted)).toBe(true);
}, 60_000);

test("one that ends each time is given up with what it wrote", async () => {
  const { counted, env } = endsAtFirst(Infinity);
  await expect(startKernel({ env })).rejects.toThrow(/did not answer.*Address already in use/s);
  expect(readFileSync(counted, "utf8")).toBe("xxx");
}, 60_000);
