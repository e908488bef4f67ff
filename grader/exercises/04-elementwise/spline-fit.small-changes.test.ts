/**
 * The changes that `verify` makes to the answers of a function with a domain, made to each method of a right spline: what
 * is fitted has no domain, as there are many right answers.
 */

import { expect, test } from "vitest";
import { inProcessSession } from "../../drivers/in-process.ts";
import { gradeExercise } from "../../grading/grade-exercise.ts";
import { random } from "../../random.ts";
import { NO_PAST } from "../../verify/mutant.ts";
import { everywhere, ofList } from "../../verify/mutants/of-answer.ts";
import { drawFrom, drawMixture, quantileSpline } from "./spline-fit.domain.ts";
import { flowOf } from "./spline-fit.misconceptions.ts";
import { splineFit } from "./spline-fit.ts";

type Flow = ReturnType<typeof flowOf>;
const METHODS = ["forward", "inverse", "logDensity"] as const;

const changes = [
  // Less than the checks can tell is dropped below.
  ...everywhere({ regions: {}, allows: () => 0, float32: false }),
  ...ofList({ kind: "vector" }),
];

function change(flow: Flow, method: (typeof METHODS)[number], { alter }: (typeof changes)[number]): Flow {
  const altered = alter();
  const right = flow[method];
  const ask = async ([values]: readonly unknown[]) => right(values as number[]);
  return { ...flow, [method]: (values: readonly number[]) => altered(right(values), [values], ask, NO_PAST) };
}

/** What the checks allow in a single number, or in none. */
const ALLOWED = 5e-3;
const draw = random("small changes");
const right = flowOf(quantileSpline(drawFrom(drawMixture(draw), draw, 1000)));
const places = Array.from({ length: 1000 }, () => draw.uniform(-6, 6));

const cases = METHODS.flatMap((method) =>
  changes.flatMap((one) => {
    const [got, want] = [change(right, method, one)[method](places), right[method](places)];
    const isSame = got.length === want.length && got.every((v, i) => Math.abs(v - want[i]) <= ALLOWED);
    return isSame ? [] : [{ method, id: one.id, one }];
  }),
);

test("enough of them are wrong", () => {
  for (const method of METHODS)
    expect(cases.filter((one) => one.method === method).length, method).toBeGreaterThan(9);
});

test.each(cases)("$method: $id is rejected", async ({ method, one }) => {
  const wrong = {
    fitSpline: (data: readonly number[]) => change(flowOf(quantileSpline(data)), method, one),
  };
  const open = () => inProcessSession(wrong, splineFit.signatures);
  for (const seed of ["a", "b"]) {
    const { status } = await gradeExercise(splineFit, open, { seed, words: "none" });
    expect(status).not.toBe("passed");
  }
});
