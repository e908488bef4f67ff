/** Answers that are not ours. A right one gets every point, and a wrong one never does, whatever the seed. */

import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { openSandboxedSession } from "../../drivers/sandboxed.ts";
import type { Graded } from "../../fixtures/answers/grade-answers.fixture.ts";
import { isSlow, loops, otherAnswers } from "../../fixtures/answers/read-answers.fixture.ts";
import { gradeExercise } from "../../grade-exercise.ts";
import { detectSandbox } from "../../sandbox/detect.ts";

const CHAPTER = "01-change-of-variables";
const SEEDS = { right: 50, wrong: 200, slow: 10 };
const answers = otherAnswers(CHAPTER);
const titled = (list: typeof answers) => list.map((answer) => [answer.name, answer] as const);

const title = `in this machine's own Node, wrong ones under seeds 0 to ${SEEDS.wrong - 1}, right ones under 0 to ${SEEDS.right - 1}, slow ones under 0 to ${SEEDS.slow - 1}`;

describe(title, () => {
  const graded = new Map<string, Graded>();
  beforeAll(async () => {
    const script = join(import.meta.dirname, "../../fixtures/answers/grade-answers.fixture.ts");
    // An answer that never ends is killed with its process; it belongs among those that say "loops".
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [script, CHAPTER, `${SEEDS.right}`, `${SEEDS.wrong}`, `${SEEDS.slow}`],
      { timeout: 600_000, killSignal: "SIGKILL" },
    );
    for (const line of stdout.split("\n").filter((line) => line.startsWith("{"))) {
      const result = JSON.parse(line) as Graded;
      graded.set(result.name, result);
    }
  }, 700_000);

  test.each(titled(answers.filter((answer) => !loops(answer))))("%s", (name, answer) => {
    const { right } = answer;
    const { full, seeds, rejected } = graded.get(name) as Graded;
    expect(seeds).toBe(right ? (isSlow(answer) ? SEEDS.slow : SEEDS.right) : SEEDS.wrong);
    if (right) expect(rejected).toBeUndefined();
    else expect(rejected?.checks).not.toEqual([]);
    expect(full).toBe(right ? seeds : 0);
  });
});

describe("in the sandbox", async () => {
  const sandbox = await detectSandbox();
  const chosen = answers.filter(
    (answer) => /tensor|changes-its-input|second-call/.test(answer.name) || loops(answer),
  );
  test.each(titled(chosen))("%s", async (name, { exercise, source, right }) => {
    const open = () => openSandboxedSession({ source, name, exercise, sandbox });
    const { status } = await gradeExercise(exercise, open, { seed: "other answers", words: "none" });
    expect(status === "passed").toBe(right);
  });
});
