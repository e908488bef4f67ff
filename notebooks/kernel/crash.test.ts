import { expect, test } from "vitest";
import { startKernel } from "../run/client.ts";

test("a check names the learner's own line, in her cell", { timeout: 120_000 }, async () => {
  const kernel = await startKernel({ cwd: import.meta.dirname });
  try {
    await kernel.execute('import { check } from "flowlab-grader"');
    await kernel.execute(
      "function density(x: number): number {\n  const list: number[] = [];\n  return list[5].toFixed(2).length;\n}",
    );
    const { outputs } = await kernel.execute('await check("16.1", { density })');
    const shown = JSON.stringify(outputs);
    expect(shown).toContain("3 │   return list[5].toFixed(2).length;");
    expect(shown).toMatch(/at density \(cell\[\d+\]:3:\d+\)/);
    expect(shown).not.toContain("harness/module");
  } finally {
    await kernel.shutdown();
  }
});
