import { expect, test } from "vitest";
import { withGraderImport } from "./grader-import.ts";
import { answeringCell, askingCells, quizCells } from "./prediction-cells.ts";

test("a prediction is a question with its choices, and a cell with a remark in the guess's place", () => {
  const [text, code] = askingCells("unchanged");
  expect(text).toMatchObject({
    type: "markdown",
    metadata: { flowlab: { prediction: "unchanged", role: "question" } },
  });
  expect(text?.source).toMatch(/Predict before you run on[\s\S]*- `"width"`: the width of its image/);
  expect(code).toMatchObject({
    id: "predict-unchanged",
    source: 'predict("unchanged", /* your guess: "width", "height", "mass" or "middle" */);',
  });
});

test("an answer that needs nothing is called by the builder; one that needs values by the script", () => {
  expect(answeringCell("peaks", "", "n.ts:1").source).toBe('predict.answer("peaks");');
  const call = 'const lowest = 1;\npredict.answer("valley", { lowest, from: 1, steepest: 2 });';
  expect(answeringCell("valley", call, "n.ts:1").source).toBe(call);
  const wanted =
    'n.ts:1: the cell that answers "valley" has to end with predict.answer("valley", { lowest, from, steepest });';
  expect(() => answeringCell("valley", "", "n.ts:1")).toThrow(wanted);
  expect(() => answeringCell("valley", 'predict.answer("peaks");', "n.ts:1")).toThrow(wanted);
});

test("questions of the quiz stand together, numbered, and nowhere else", () => {
  const cells = quizCells("01-change-of-variables");
  expect(cells.filter(({ type }) => type === "markdown").map(({ source }) => source.slice(0, 6))).toEqual(
    Array.from({ length: cells.length / 2 }, (_, i) => `**${i + 1}.**`),
  );
  expect(() => askingCells("recipe")).toThrow('"recipe" is a question of the quiz');
  expect(() => answeringCell("recipe", "", "n.ts:3")).toThrow("n.ts:3");
  expect(() => quizCells("99-none")).toThrow("the chapter 99-none has no question for its quiz");
});

test("what is called of the grader is imported in one line of the first cell, also what a script imports itself", () => {
  const code = (source: string) => ({ type: "code" as const, source, metadata: {} });
  const sources = (...cells: string[]) =>
    withGraderImport(cells.map(code), "n.ts").map(({ source }) => source);
  expect(sources("const a = 1;", 'await check("16.1", { f });')).toEqual([
    'const a = 1;\nimport { check, progress, reset, worked } from "flowlab-grader";',
    'await check("16.1", { f });',
  ]);
  expect(
    sources(
      'import { tf } from "flowlab";\nimport { predict } from "flowlab-grader";',
      "await check(1);",
      'predict("a");',
    ),
  ).toEqual([
    'import { tf } from "flowlab";\nimport { check, predict, progress, reset, worked } from "flowlab-grader";',
    "await check(1);",
    'predict("a");',
  ]);
  // What stands below it in the first cell may need it.
  expect(sources('import { progress } from "flowlab-grader";\n\nprogress();')).toEqual([
    'import { progress } from "flowlab-grader";\n\nprogress();',
  ]);
  expect(
    sources('import { progress, tf } from "flowlab/notebook";', 'await check("16.1", { f });')[0],
  ).toContain('import { check, reset, worked } from "flowlab-grader";');
  expect(sources("1;")).toEqual(["1;"]);
  expect(() => sources('import { course } from "flowlab-grader";')).toThrow(
    "n.ts: a notebook imports of the grader only check, predict, progress, reset, worked; got course",
  );
});
