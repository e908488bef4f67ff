/** What cards of problem 16.11 say of answers with several parts. */

import { expect, test } from "vitest";
import { inProcessSession } from "../../drivers/in-process.ts";
import { gradeExercise } from "../../grading/grade-exercise.ts";
import { cardHTML } from "../../report/card/card.ts";
import { cardText } from "../../report/card/card-text.ts";
import { reverseKl } from "./16-11-reverse-kl.ts";

const { signatures, checks } = reverseKl;
const grade = (name: string, implementation: Record<string, unknown>) =>
  gradeExercise(
    {
      ...reverseKl,
      checks: checks.filter((check) => check.name === name) as never,
      rubric: undefined as never,
    },
    () => inProcessSession(implementation, signatures),
    { seed: "s" },
  );

test.each([
  [{ inverse: true, oneToOne: true, integral: true }, "inverse and integral are not so"],
  [{ inverse: true, oneToOne: false, integral: true }, "inverse, oneToOne and integral are not so"],
  [{ inverse: false, oneToOne: false, integral: false }, "oneToOne is not so"],
])("of %j it names all that are wrong", async (needed, message) => {
  const { checks: results } = await grade("what the loss needs of f, and of q", { needed: () => needed });
  expect(results[0]?.failure?.message).toBe(message);
});

test("mass and gap are shown by their names, in each card", async () => {
  const result = await grade("a map that folds: several z lead to one x", {
    fold: () => ({ mass: 0.5, gap: 1 }),
  });
  expect(result.checks[0]?.failure?.got).toBe("{ mass: 0.5, gap: 1 }");
  expect(cardText(result)).toContain("got { mass: 0.5, gap: 1 }");
  expect(cardHTML(result)).toContain("{ mass: 0.5, gap: 1 }");
});
