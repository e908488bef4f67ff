import { afterAll, beforeAll, expect, test } from "vitest";
import { type Kernel, startKernel } from "../../run/client.ts";

let kernel: Kernel;
beforeAll(async () => {
  kernel = await startKernel();
});
afterAll(() => kernel.shutdown());

async function said(code: string): Promise<string[]> {
  const texts: string[] = [];
  const { status, outputs } = await kernel.execute(code, {
    onMessage({ header, content }) {
      if (/display_data$/.test(header.msg_type))
        texts.push((content.data as Record<string, string>)["text/plain"] as string);
    },
  });
  expect([status, outputs]).toEqual(["ok", []]);
  return texts;
}

test("the first cell of a kernel says what it waits for, and nothing of it stays", async () => {
  const imports = 'import { tf } from "flowlab";\nimport { check } from "flowlab-grader";';
  const first = await said(imports);
  expect(first[0]).toMatch(/^(The kernel has just started: reading the libraries|Loading flowlab.*) … \d/);
  // What is loaded is not waited for again.
  expect((await said(imports)).filter((text) => /Loading/.test(text))).toEqual([]);
});
