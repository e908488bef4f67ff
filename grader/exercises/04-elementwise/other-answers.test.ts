/** Answers that are not ours. A right one gets every point, and a wrong one never does, whatever the seed. */

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { Graded } from "../../fixtures/answers/grade-answers.fixture.ts";
import { isSlow, otherAnswers } from "../../fixtures/answers/read-answers.fixture.ts";

const CHAPTER = "04-elementwise";
const SEEDS = { right: 50, wrong: 100, slow: 5 };
const answers = otherAnswers(CHAPTER);
const graded = new Map<string, Graded>();

beforeAll(() => {
  const script = join(import.meta.dirname, "../../fixtures/answers/grade-answers.fixture.ts");
  const stdout = execFileSync(
    process.execPath,
    [script, CHAPTER, `${SEEDS.right}`, `${SEEDS.wrong}`, `${SEEDS.slow}`],
    { timeout: 600_000, encoding: "utf8" },
  );
  for (const line of stdout.split("\n").filter((line) => line.startsWith("{"))) {
    const result = JSON.parse(line) as Graded;
    graded.set(result.name, result);
  }
}, 700_000);

test("each exercise has five right answers or more, and wrong ones", () => {
  for (const id of new Set(answers.map(({ exercise }) => exercise.id))) {
    const own = answers.filter(({ exercise }) => exercise.id === id);
    expect(own.filter(({ right }) => right).length, id).toBeGreaterThanOrEqual(5);
    expect(own.filter(({ right }) => !right).length, id).toBeGreaterThanOrEqual(2);
  }
});

test.each(answers.map((answer) => [answer.name, answer] as const))("%s", (name, answer) => {
  const { full, seeds, rejected } = graded.get(name) as Graded;
  expect(seeds).toBe(answer.right ? (isSlow(answer) ? SEEDS.slow : SEEDS.right) : SEEDS.wrong);
  if (answer.right) expect(rejected).toBeUndefined();
  else expect(rejected?.checks).not.toEqual([]);
  expect(full).toBe(answer.right ? seeds : 0);
});
