import { expect, test } from "vitest";
import { withoutOutputs } from "./notebook-text.ts";

const kept = (notebook: unknown, space?: number) =>
  JSON.parse(withoutOutputs(JSON.stringify(notebook, null, space), "a.ipynb"));

test.each([[undefined], [1], [2]])("only what cells have put out is gone (indented by %s)", (space) => {
  const cell = {
    cell_type: "code",
    source: ['const outputs = { "outputs": [1, 2] };\n', 'const s = "a \\" ] }";'],
    metadata: { name: "outputs", note: '"outputs": [' },
  };
  const outputs = [{ data: { "text/plain": ["]", '"', "\\"], "application/json": { outputs: [[], {}] } } }];
  expect(kept({ cells: [{ ...cell, outputs }, { ...cell, outputs: [] }, cell], nbformat: 4 }, space)).toEqual(
    {
      cells: [{ ...cell, outputs: [] }, { ...cell, outputs: [] }, cell],
      nbformat: 4,
    },
  );
});

test.each(['{"outputs": "text"}', '{"outputs', "", '{"outputs": {"a": []}}'])(
  "leaves %s as it is",
  (text) => {
    expect(withoutOutputs(text, "a.ipynb")).toBe(text);
  },
);

test("outputs of any size are no reason to refuse a notebook; other content is", () => {
  const many = Array.from({ length: 1_000_000 }, (_, i) => i);
  expect(kept({ cells: [{ source: "a", outputs: [{ data: many }] }] })).toEqual({
    cells: [{ source: "a", outputs: [] }],
  });
  const objects = `{"nbformat":4,"cells":[${"{},".repeat(300_000)}{}]}`;
  expect(() => withoutOutputs(objects, "a.ipynb")).toThrow(
    /a\.ipynb is no notebook that a person made: .*300003 lists and objects/,
  );
});

test("takes time in proportion to its length", () => {
  const hostile = '{"outputs":['.repeat(1_000_000);
  const before = process.threadCpuUsage();
  expect(() => withoutOutputs(hostile, "a.ipynb")).toThrow(/cut off inside an output/);
  expect(process.threadCpuUsage(before).user / 1000).toBeLessThan(1000);
});
