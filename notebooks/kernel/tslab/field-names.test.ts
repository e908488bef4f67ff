import { afterAll, beforeAll, expect, test } from "vitest";
import { type Kernel, startKernel } from "../../run/client.ts";

let kernel: Kernel;
beforeAll(async () => {
  kernel = await startKernel();
  await kernel.execute("const o = { a: 1, b: [1, 2], c: { d: 5 } };\nconst two = 2;\nclass K { p = 3; }");
});
afterAll(() => kernel.shutdown());

test.each([
  ["const { a: scale } = o;\nscale;", "1"],
  ["let { a: scale = two } = o;\nscale;", "1"],
  ["const { b: [first, second] } = o;\nfirst + second;", "3"],
  ["const { c: { d: inner } } = o;\ninner;", "5"],
  ["const { a: left, ...rest } = o;\nrest.b;", "[ 1, 2 ]"],
  ["const { ['a']: computed } = o;\ncomputed;", "1"],
  ["const { p: field } = new K();\nfield;", "3"],
  ["let sum = 0;\nfor (const { a: one } of [o]) sum += one + two;\nsum;", "3"],
  ["[o].map(({ a: one }) => one + two);", "[ 3 ]"],
  ["[o].map(({ c: { d: inner = two } }) => inner + two);", "[ 7 ]"],
  ["const from = await Promise.resolve(o);\nconst { a: later } = from;\nlater + two;", "3"],
  ["let assigned = 0;\n({ a: assigned } = o);\nassigned + two;", "3"],
])("an object from an earlier cell is taken apart: %s", async (code, shown) => {
  const { outputs } = await kernel.execute(code, { stopOnError: false });
  expect(outputs).toMatchObject([{ output_type: "execute_result", data: { "text/plain": shown } }]);
});
