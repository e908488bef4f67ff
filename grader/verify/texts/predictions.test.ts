import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { predictions } from "../../predictions/course.ts";
import { numberPrediction, quizNumber } from "../../predictions/prediction.ts";
import { predictionFindings } from "./predictions.ts";

const root = mkdtempSync(join(tmpdir(), "flowlab-predictions-"));
afterAll(() => rmSync(root, { recursive: true }));

const asked = { question: "How many?", form: "a number", truth: 2, bands: [], answer: "Two." };
const peaks = numberPrediction({ id: "peaks", ...asked });
const quiz = quizNumber({ id: "again", ...asked });

function problems(script: string, course: Parameters<typeof predictionFindings>[0] = { "01-one": [peaks] }) {
  mkdirSync(join(root, "notebooks"), { recursive: true });
  writeFileSync(join(root, "notebooks/01-one.ts"), script);
  return predictionFindings(course, root).map(({ problem }) => problem);
}

const ask = '// %% predict="peaks"\n';
const answer = '// %% answer="peaks"\n';
const code = "// %%\n1;\n";

test("the course's own predictions are all in their places", () => {
  expect(predictionFindings(predictions, join(import.meta.dirname, "../../.."))).toEqual([]);
});

test("asked, shown, answered: nothing to say", () => {
  expect(problems(ask + code + answer)).toEqual([]);
  expect(problems(`${ask}${code}${answer}// %% quiz=true\n`, { "01-one": [peaks, quiz] })).toEqual([]);
});

test.each([
  ["not asked", code + answer, ['`// %% predict="peaks"` stands there 0 times']],
  ["not answered", ask + code, ['`// %% answer="peaks"` stands there 0 times']],
  ["asked twice", ask + ask + code + answer, ['`// %% predict="peaks"` stands there 2 times']],
  ["answered first", answer + code + ask, ["it is answered before it is asked"]],
  [
    "nothing between but text and an exercise",
    `${ask}// %% [markdown]\n// A text.\n// %% exercise="16.1"\n${answer}`,
    ["no cell between its question and its answer shows anything"],
  ],
  [
    "an unknown one",
    `${ask}${code}${answer}// %% answer="valley"\n`,
    ['`// %% answer="valley"` names no prediction of this chapter'],
  ],
  [
    "a quiz without questions",
    `${ask}${code}${answer}// %% quiz=true\n`,
    ["0 questions of the quiz, and `// %% quiz=true` stands there 1 times"],
  ],
])("%s", (_, script, wanted) => {
  expect(problems(script)).toEqual(wanted);
});

test("questions without their place, two of a name, and a chapter that is not there", () => {
  expect(problems(ask + code + answer, { "01-one": [peaks, quiz] })).toEqual([
    "1 questions of the quiz, and `// %% quiz=true` stands there 0 times",
  ]);
  expect(problems("", { "02-two": [] })).toEqual(["there is no notebooks/02-two.ts"]);
  expect(
    problems(`${ask}${code}${answer}// %% quiz=true\n`, { "01-one": [peaks, { ...quiz, id: "peaks" }] }),
  ).toEqual(["two predictions have this name"]);
});
