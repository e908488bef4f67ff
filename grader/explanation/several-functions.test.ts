/** Checks that ask several functions, of different arguments: what is looked for in the numbers of one is not looked for in another's. */

import { expect, test } from "vitest";
import { crudeBounds, limitNorm, powerStep, spectralNorm } from "../../solutions/07-residual/spectral.ts";
import { inProcessSession } from "../drivers/in-process.ts";
import { spectral } from "../exercises/07-residual/spectral.ts";
import { gradeExercise } from "../grading/grade-exercise.ts";

test("where one of them is wrong in a way that nothing explains, a hint is given", async () => {
  const wrong = (...asked: Parameters<typeof limitNorm>) =>
    limitNorm(...asked).map((row) => row.map((v) => v + 1 + Math.sin(40 * v)));
  const session = () =>
    inProcessSession({ crudeBounds, limitNorm: wrong, powerStep, spectralNorm }, spectral.signatures);
  const { checks } = await gradeExercise(spectral, session, { seed: "several functions" });
  const failures = checks.flatMap(({ failure }) => failure ?? []);
  expect(failures).toHaveLength(2);
  for (const { hint } of failures) expect(hint).toBeDefined();
});
