import { describe, expect, test } from "vitest";
import { openSandboxedSession } from "../../drivers/sandboxed.ts";
import { loops, otherAnswers } from "../../fixtures/answers/read-answers.fixture.ts";
import { tryOtherAnswers } from "../../fixtures/answers/try-answers.fixture.ts";
import { gradeExercise } from "../../grading/grade-exercise.ts";
import { detectSandbox } from "../../sandbox/detect.ts";

const CHAPTER = "01-change-of-variables";

tryOtherAnswers(CHAPTER);

describe("in the sandbox", async () => {
  const sandbox = await detectSandbox();
  const chosen = otherAnswers(CHAPTER).filter(
    (answer) => /tensor|changes-its-input|second-call/.test(answer.name) || loops(answer),
  );
  test.each(chosen.map((answer) => [answer.name, answer] as const))(
    "%s",
    async (name, { exercise, source, right }) => {
      const open = () => openSandboxedSession({ source, name, exercise, sandbox });
      const { status } = await gradeExercise(exercise, open, { seed: "other answers", words: "none" });
      expect(status === "passed").toBe(right);
    },
  );
});
