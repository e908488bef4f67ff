/** Objects that answer differently from one time to the next: what is said of them. */

import { expect, test } from "vitest";
import { fitWhitening } from "../../solutions/03-linear/whitening.ts";
import { affineCoupling } from "../../solutions/05-coupling/affine.ts";
import { inProcessSession } from "../drivers/in-process.ts";
import { plu } from "../exercises/03-linear/plu.ts";
import { whitening } from "../exercises/03-linear/whitening.ts";
import { affine } from "../exercises/05-coupling/affine.ts";
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

test("a method that needs another one to be asked before it is told so", async () => {
  const kept = (...made: Parameters<typeof affineCoupling>) => {
    const right = affineCoupling(...made);
    let last = 0;
    const after = <T>(z: number[], value: T): T => {
      last = right.logDet(z);
      return value;
    };
    return {
      forward: (z: number[]) => after(z, right.forward(z)),
      inverse: (x: number[]) => after(x, right.inverse(x)),
      logDet: () => last,
      inverseLogDet: () => -last,
    };
  };
  const session = () => inProcessSession({ affineCoupling: kept }, affine.signatures);
  const { checks } = await gradeExercise(affine, session, { seed: "left over" });
  const said = checks.flatMap(({ failure }) => failure?.observation?.text ?? []);
  expect(said.length).toBeGreaterThan(0);
  for (const text of said)
    expect(text).toMatch(/answered `0` when `\w+` was asked at once, and `.*` once `forward`/);
});

test("one object for all is named", async () => {
  let one: ReturnType<typeof fitWhitening> | undefined;
  const shared = (data: number[][]) => {
    one ??= fitWhitening(data);
    return one;
  };
  const session = () => inProcessSession({ fitWhitening: shared }, whitening.signatures);
  const { checks } = await gradeExercise(whitening, session, { seed: "left over" });
  const said = checks.flatMap(({ failure }) => failure?.observation?.text ?? []);
  expect(
    said.some((text) => /^Two objects, made of different arguments, answer exactly the same/.test(text)),
  ).toBe(true);
});

test("a method that is wrong by itself is said nothing of the kind", async () => {
  const doubled = (...made: Parameters<typeof affineCoupling>) => {
    const right = affineCoupling(...made);
    return { ...right, logDet: (z: number[]) => 2 * right.logDet(z) };
  };
  const session = () => inProcessSession({ affineCoupling: doubled }, affine.signatures);
  const { checks } = await gradeExercise(affine, session, { seed: "left over" });
  const failures = checks.flatMap(({ failure }) => failure ?? []);
  expect(failures.length).toBeGreaterThan(0);
  for (const { observation } of failures) expect(observation?.id).not.toBe("unsteady");
});
