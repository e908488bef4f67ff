/** Objects that answer differently from one time to the next: what is said of them. */

import { expect, test } from "vitest";
import { inProcessSession } from "../drivers/in-process.ts";
import { plu } from "../exercises/03-linear/plu.ts";
import { pluFlow as divides } from "../fixtures/answers/03-linear/wrong-plu-divides-its-rows.ts";
import { pluFlow as outside } from "../fixtures/answers/03-linear/wrong-plu-parts-outside.ts";
import { gradeExercise } from "../grading/grade-exercise.ts";

test.each([
  ["which another object has changed", outside, "after another one was made"],
  ["which a call has changed", divides, "after it was asked about another point"],
])("state %s is named, and not a hint given for another slip", async (_what, pluFlow, when) => {
  const { checks } = await gradeExercise(plu, () => inProcessSession({ pluFlow }, plu.signatures), {
    seed: "left over",
  });
  const { input, observation, hint } = checks[0].failure ?? {};
  expect(input).toContain(when);
  expect(observation?.text).toMatch(/^Here your object answered .* a new one, made of the same arguments/);
  expect(hint).toBeUndefined();
});
