import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { needingActive } from "../backends.fixture.ts";

const run = promisify(execFile);

/** Threads that libtensorflow was told to use after a product of these matrices was compiled, and what it used. */
async function chosen(rows: number, columns: number, environment: Record<string, string> = {}) {
  const code = `
    const { tf } = await import(${JSON.stringify(new URL("../tf.ts", import.meta.url).href)});
    const { compile } = await import(${JSON.stringify(new URL("./compile.ts", import.meta.url).href)});
    const layer = compile((x, w) => tf.relu(tf.matMul(tf.relu(tf.matMul(x, w)), w)));
    const [x, w] = [tf.ones([${rows}, ${columns}]), tf.ones([${columns}, ${columns}])];
    const first = layer(x, w).dataSync();
    const again = layer(x, w).dataSync();
    process.stdout.write(JSON.stringify({
      mode: layer.info().mode,
      threads: process.env.TF_NUM_INTEROP_THREADS,
      same: first.every((value, i) => value === again[i]),
    }));`;
  const { TF_NUM_INTEROP_THREADS: _, ...inherited } = process.env;
  const env = { ...inherited, ...environment };
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", code], { env });
  return JSON.parse(stdout);
}

needingActive("tensorflow").describe("threads for the operations of graphs", () => {
  test("small operations stay in the calling thread", { timeout: 120_000 }, async () => {
    expect(await chosen(256, 64)).toEqual({ mode: "graph", threads: "-1", same: true });
  });

  test("large ones get two", { timeout: 120_000 }, async () => {
    expect(await chosen(256, 256)).toEqual({ mode: "graph", threads: "2", same: true });
  });

  test("the user's choice stays", { timeout: 120_000 }, async () => {
    const result = await chosen(256, 256, { TF_NUM_INTEROP_THREADS: "1" });
    expect(result).toEqual({ mode: "graph", threads: "1", same: true });
  });
});
