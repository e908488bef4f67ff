import { describe, expect, test } from "vitest";
import { inProcessSession } from "../../drivers/in-process.ts";
import type { AnyExercise, Check } from "../../exercise.ts";
import { partOf } from "../../harness/ahead/plan.ts";
import { fn, number, parameter, record, type Signatures, vector } from "../../harness/kinds.ts";
import type { Expect } from "../expect.ts";
import { gradeExercise } from "../grade-exercise.ts";
import { type Foresight, planOf } from "./foresee.ts";
import { isPlanned } from "./planned.ts";

const x = parameter("x", number);
const signatures: Signatures = {
  f: fn([x], number),
  step: fn([parameter("data", vector), x], record({ a: number, list: vector })),
};
const provided = {
  f: (at: number) => at / 3,
  step: (data: number[], at: number) => ({ a: at + data.length / 7, list: [at, ...data] }),
};

type Ask = { [name in "f" | "step"]: (...inputs: unknown[]) => Promise<never> };

/** The plan of a check that asks so. */
async function planFor(ask: (learner: Ask, expect: Expect) => Promise<void>) {
  const check = {
    name: "c",
    points: 1,
    async run({ learner, expect: expects }: { learner: Ask; expect: Expect }) {
      expects.that(true, "");
      await ask(learner, expects);
    },
  } as unknown as Check;
  const exercise = { id: "x", path: "a/x", title: "x", signatures, checks: [check] };
  let plan: Awaited<ReturnType<typeof planOf>>;
  const foresight: Foresight = {
    of: () => undefined,
    async learn(of, with_, calls, numbers) {
      plan = await planOf(of, with_, calls, numbers());
    },
  };
  const session = await inProcessSession(provided, signatures);
  await gradeExercise(exercise as unknown as AnyExercise, async () => session, { seed: "1", foresight });
  return plan;
}

describe("a plan holds the calls of a check", () => {
  test("each argument once, and 0 apart from −0", async () => {
    const data = [1, 2];
    const plan = await planFor(async ({ f, step }) => {
      for (const at of [0, -0, 0.5, 0.5]) await f(at);
      for (const at of [3, 4]) await step(data, at);
    });
    expect(plan?.values).toEqual([0, -0, 0.5, [1, 2], 3, 4]);
    expect(plan?.calls.map(({ inputs }) => inputs)).toEqual([[0], [1], [2], [2], [3, 4], [3, 5]]);
  });

  test("what is handed on from an answer by its place: a number, and a list", async () => {
    const plan = await planFor(async ({ f, step }) => {
      const { a, list } = (await step([1], 2)) as { a: number; list: number[] };
      await step(list, await f(a));
    });
    expect(plan?.calls.at(-1)).toEqual({
      export: "step",
      inputs: [
        { of: 0, part: ["list"] },
        { of: 1, part: [] },
      ],
    });
    expect(plan?.calls[1]?.inputs).toEqual([{ of: 0, part: ["a"] }]);
  });

  test("up to the first argument that is computed from an answer", async () => {
    const plan = await planFor(async ({ f }) => {
      await f(1);
      const y = (await f(2)) as number;
      await f(y + 1);
      await f(5);
    });
    expect(plan?.calls).toHaveLength(2);
  });

  test("up to where the check goes another way for answers that are nearly the same", async () => {
    const plan = await planFor(async ({ f }) => {
      await f(1);
      const isExact = Object.is(await f(2), 2 / 3);
      await f(isExact ? 3 : 4);
      await f(5);
    });
    expect(plan?.calls).toHaveLength(2);
  });

  test("none of a check that asks once", async () => {
    expect(await planFor(async ({ f }) => void (await f(1)))).toBeUndefined();
  });
});

test("a call is planned if it is the same to the last bit", () => {
  const plan = {
    values: [[1, 2], 0.3],
    calls: [
      { export: "g", inputs: [0, 1] },
      { export: "g", inputs: [{ of: 0, part: ["z", 0] }, 1] },
    ],
  };
  const g = { export: "g" };
  const answers = [{ z: [7] }];
  expect(isPlanned(plan, 0, g, [[1, 2], 0.3], [])).toBe(true);
  expect(isPlanned(plan, 1, g, [7, 0.3], answers)).toBe(true);
  expect(isPlanned(plan, 0, g, [[1, 2], 0.1 + 0.2], [])).toBe(false);
  expect(isPlanned(plan, 0, g, [[1, 2, 3], 0.3], [])).toBe(false);
  expect(isPlanned(plan, 0, g, [[1, 2]], [])).toBe(false);
  expect(isPlanned(plan, 0, { export: "h" }, [[1, 2], 0.3], [])).toBe(false);
  expect(isPlanned(plan, 0, { object: 0, method: "g" }, [[1, 2], 0.3], [])).toBe(false);
  expect(isPlanned(plan, 2, g, [[1, 2], 0.3], answers)).toBe(false);
  expect(partOf(answers, { of: 0, part: ["constructor"] })).toBeUndefined();
});
