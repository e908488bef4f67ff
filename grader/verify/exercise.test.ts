/** Exercises with a fault each: what `verify` says of them. */

import { describe, expect, test } from "vitest";
import { allowedErrors, type Domain, relatively, wellConditioned } from "../domain/domain.ts";
import { along, linear, logarithmic, negative, oneOf, type Regions, strata } from "../domain/strata.ts";
import { type AnyExercise, type CheckContext, exercise } from "../exercise.ts";
import { derivation, fn, number, parameter } from "../harness/kinds.ts";
import { verifyExercise } from "./exercise.ts";
import { fileOf } from "./part.ts";

const signatures = { square: fn([parameter("x", number)], number) };
type Context = CheckContext<typeof signatures>;

const regions: Regions<readonly [number]> = {
  "x of order one": along(linear(0.1, 2)),
  "x large": along(logarithmic(2, 1e6)),
  "x negative": along(negative(logarithmic(0.1, 1e6))),
  "0, 1 and −1": along(oneOf(0, 1, -1), 3),
};
const domain: Domain<readonly [number]> = { regions, allows: relatively(1e-9), float32: wellConditioned };

const ask =
  (asked: typeof regions | Partial<typeof regions>, tolerance?: object) =>
  async ({ learner, random, expect }: Context) => {
    for (const { inputs } of strata(random, asked as typeof regions)) {
      const [x] = inputs;
      expect.close(await learner.square(x), x * x, tolerance ?? allowedErrors(domain, x * x, x));
    }
  };

function made(run: (context: Context) => Promise<void>, more: Partial<AnyExercise> = {}): AnyExercise {
  return {
    ...exercise({
      id: "square",
      path: "test/square",
      title: "A square",
      source: "a test",
      statement: "Write `square(x)`.",
      signatures,
      domains: { square: domain },
      checks: [{ name: "is x²", points: 1, run }],
      hints: ["a", "b"],
      misconceptions: [
        { id: "doubled", explanation: "That is 2x.", implementation: { square: (x) => 2 * x } },
      ],
    }),
    ...more,
  } as AnyExercise;
}

const modules = {
  solution: { square: (x: number) => x * x },
  stub: {
    square: () => {
      throw new Error("Not yet solved");
    },
  },
};
const problems = async (of: AnyExercise, solution = modules.solution) =>
  (await verifyExercise(of, { ...modules, solution }, { right: 50, wrong: 30, explained: 5 })).findings.map(
    ({ problem }) => problem,
  );

test("a sound exercise is sound, and dozens of wrong answers were tried", async () => {
  const { findings, coverage } = await verifyExercise(made(ask(regions)), modules, {
    right: 50,
    wrong: 30,
    explained: 5,
  });
  expect(findings).toEqual([]);
  expect(coverage.generic).toBeGreaterThan(40);
});

describe("what takes no arguments, as a computation by hand and a derivation,", () => {
  const constants = {
    third: fn([], number),
    steps: fn([], derivation),
  };
  const right = { third: () => 1 / 3, steps: () => ["1 / 3", "2 / 6"] };
  const stub = {
    third: () => {
      throw new Error("Not yet solved");
    },
    steps: () => {
      throw new Error("Not yet solved");
    },
  };
  const byHand = (asksTwice: boolean) =>
    exercise({
      id: "third",
      path: "test/third",
      title: "A third",
      source: "a test",
      statement: "Write `third()` and `steps()`.",
      signatures: constants,
      domains: {
        third: {
          regions: { "by hand": { draw: (): readonly [] => [], place: () => 0 } },
          allows: relatively(1e-9),
          float32: false,
        },
      },
      checks: [
        {
          name: "is a third",
          points: 1,
          async run({ learner, expect }) {
            for (let i = 0; i < (asksTwice ? 2 : 1); i++)
              expect.close(await learner.third(), 1 / 3, { absolute: 0, relative: 1e-9 });
          },
        },
        {
          name: "is derived",
          points: 1,
          async run({ learner, expect }) {
            const steps = await learner.steps();
            expect.that(steps.at(-1) === "2 / 6", "the last line is 2 / 6");
          },
        },
      ],
      hints: ["a", "b"],
      misconceptions: [
        { id: "doubled", explanation: "That is 2/3.", implementation: { third: () => 2 / 3 } },
        {
          id: "stops",
          explanation: "Go on.",
          implementation: { steps: () => ["1 / 3"] },
        },
      ],
    });
  const found = async (asksTwice: boolean) =>
    (
      await verifyExercise(
        byHand(asksTwice),
        { solution: right, stub },
        { right: 20, wrong: 20, explained: 3 },
      )
    ).findings.map(({ problem }) => problem);

  test("is sound though its answers may be remembered", async () => {
    expect(await found(true)).toEqual([]);
  });

  test("is to be asked twice nevertheless", async () => {
    expect((await found(false)).join("\n")).toContain("third, another answer when asked the same again");
  });
});

test("each finding names the file in which it is to be mended", async () => {
  const path = "01-change-of-variables/16-1-square";
  const { "x negative": _left, "0, 1 and −1": _too, ...some } = regions;
  const filesOf = async (of: AnyExercise) => {
    const { findings } = await verifyExercise({ ...of, path }, modules, { right: 5, wrong: 5, explained: 2 });
    return Object.fromEntries(findings.map(({ problem, file }) => [problem.slice(0, 32), file]));
  };
  const folder = `grader/exercises/${path}`;
  expect(await filesOf(made(ask(some)))).toMatchObject({
    "no check looks at square where x": `${folder}.checks.ts`,
  });
  expect(await filesOf(made(ask(regions), { domains: {} }))).toMatchObject({
    "square has no domain, so that no": `${folder}.domain.ts`,
  });
  const loose = await filesOf(made(ask(regions, { absolute: 0, relative: 1e-5 })));
  expect(loose).toMatchObject({ "square, 1e-6 too large, passes e": `${folder}.domain.ts` });
  const foreign = made(ask(regions), {
    misconceptions: [
      { id: "same", explanation: "", implementation: { square: (x: number) => x * x } },
    ] as never,
  });
  expect(Object.values(await filesOf(foreign))).toContain(`${folder}.checks.ts`);
  const unsolved = { ...modules, stub: modules.solution };
  const { findings } = await verifyExercise({ ...made(ask(regions)), path }, unsolved, {
    right: 5,
    wrong: 5,
    explained: 2,
  });
  expect(findings.map(({ file }) => file)).toEqual([`solutions/${path}.ts`]);
  // Where a part has no file of its own, it stands in the main one.
  expect(fileOf({ path: "no/such" }, "domain")).toBe("grader/exercises/no/such.ts");
});

describe("finds", () => {
  test("a region that no check asks in, once and not once for each seed and wrong answer", async () => {
    const { "x negative": _left, "0, 1 and −1": _too, ...some } = regions;
    const found = await problems(made(ask(some)));
    expect(found.filter((problem) => problem.includes("where x negative"))).toEqual([
      "no check looks at square where x negative: whatever is wrong there passes under every seed",
    ]);
  });

  test("single values at which people err, where nobody asks", async () => {
    const { "0, 1 and −1": _left, ...some } = regions;
    const without = { ...domain, regions: some };
    const found = (await problems(made(ask(some), { domains: { square: without } as never }))).join("\n");
    for (const value of [0, 1, -1])
      expect(found).toContain(
        `square, another answer where x is ${value}, passes every check (30 of 30 seeds`,
      );
    expect(found).toContain("square, x of 0 taken for 1, passes every check");
    const open = { ...without, open: (x: number) => [0, 1, -1].includes(x) };
    expect(await problems(made(ask(some), { domains: { square: open } as never }))).toEqual([]);
  });

  test("a number on the way that is never 0, and an end that is never reached", async () => {
    const more = { ...domain, onTheWay: { "x − 2": (x: number) => x - 2 }, ends: { x: [1e7] } };
    const found = (await problems(made(ask(regions), { domains: { square: more } as never }))).join("\n");
    expect(found).toContain("square, another answer where x − 2 is 0, passes every check");
    expect(found).toContain("square, x not quite as far as 10000000, passes every check");
  });

  test("a tolerance that lets more through than the statement", async () => {
    const found = await problems(made(ask(regions, { absolute: 0, relative: 1e-5 })));
    expect(found.join("\n")).toMatch(/square, 1e-6 too large, passes every check \(30 of 30 seeds/);
  });

  test("points that are the same in every run", async () => {
    const run = async ({ learner, expect }: Context) => {
      for (const x of [0.5, 3, -2, 0.5, 0.5, 3])
        expect.close(await learner.square(x), x * x, { absolute: 0, relative: 1e-9 });
    };
    expect((await problems(made(run))).join("\n")).toMatch(
      /what remembers the questions of another run passes "is x²"/,
    );
  });

  test("a point for nothing", async () => {
    const run = async ({ learner, random, expect }: Context) => {
      const x = random.uniform(1, 2);
      expect.that((await learner.square(x)) > 0, "is above 0");
    };
    expect((await problems(made(run))).join("\n")).toMatch(/the answer 1e-10 to everything passes "is x²"/);
  });

  test("questions that are asked once only", async () => {
    const run = async ({ learner, random, expect }: Context) => {
      for (const { draw, points = 4 } of Object.values(regions)) {
        for (let i = 0; i < points; i++) {
          const [x] = draw(random, (i + random.uniform(0, 1)) / points);
          expect.close(await learner.square(x), x * x, allowedErrors(domain, x * x, x));
        }
      }
    };
    expect((await problems(made(run))).join("\n")).toMatch(
      /another answer when asked the same again, passes/,
    );
  });

  test("a solution that is not as exact as its own statement", async () => {
    const found = await problems(made(ask(regions)), { square: (x: number) => x * x * (1 + 1e-8) });
    expect(found[0]).toMatch(/the solution fails "is x²" \(50 of 50 seeds/);
  });

  test("a function without a domain", async () => {
    const found = await problems(made(ask(regions), { domains: {} }));
    expect(found.join("\n")).toMatch(/square has no domain/);
  });

  test("a misconception that is explained as another, with the check at fault", async () => {
    const twin = { id: "twin", explanation: "Also 2x.", implementation: { square: (x: number) => 2 * x } };
    const one = made(ask(regions));
    const found = await problems({ ...one, misconceptions: [...one.misconceptions, twin] } as AnyExercise);
    expect(found).toContain(
      'misconception "twin" is explained as "doubled" by the check "is x²" (5 of 5 seeds, first verify-0)',
    );
  });
});

test("where chance plays a part, a wrong answer may pass as often as the domain says, and not more often", async () => {
  const noisy = { ...domain, sees: { effect: 0.5, power: 0.9 } };
  // Sees an effect of a half in nine runs of ten, whatever is asked.
  const luck = (threshold: number) => async (context: Context) => {
    if (context.random.uniform(0, 1) < threshold) {
      const x = context.random.uniform(1, 2);
      context.expect.that(Number.isFinite(await context.learner.square(x)), "is a number");
    } else await ask(regions, { absolute: 1e-3, relative: 0.3 })(context);
  };
  const found = async (threshold: number) =>
    (await problems(made(luck(threshold), { domains: { square: noisy } as never }))).filter((p) =>
      p.includes("off by 0.5"),
    );
  expect(await found(0.05)).toEqual([]);
  expect((await found(0.6)).length).toBeGreaterThan(0);
});
