import { describe, expect, test } from "vitest";
import { inProcessSession } from "../drivers/in-process.ts";
import { exercise } from "../exercise.ts";
import { gradeExercise } from "../grading/grade-exercise.ts";
import { fn, linearMap, number, parameter, vector } from "../harness/kinds.ts";
import { joinHints, meetHints, testProblems } from "../verify/hints.ts";

const truth = (x: number) => x * x;
const square = exercise({
  id: "square",
  path: "test/square",
  title: "A square",
  source: "a test",
  statement: "",
  signatures: { square: fn([parameter("x", number)], number) },
  reference: { square: truth },
  checks: [
    {
      name: "is the square",
      points: 1,
      hints: [
        { where: ({ inputs: [x] }) => x > 1e6, text: "for large x" },
        { when: "threw", text: "for a crash" },
        { where: ({ got = 0, want = 0 }) => got > 100 * want, text: "far too large" },
        { test: async (learner) => ({ got: await learner.square(2), want: 4 }), text: "try 2" },
        { text: "2 is right" },
      ],
      async run({ learner, expect }) {
        for (const x of [3, 1.5]) expect.close(await learner.square(x), truth(x));
      },
    },
  ],
  hints: ["a", "b"],
  misconceptions: [
    { id: "cubed", explanation: "that is the cube", implementation: { square: (x) => x ** 3 } },
  ],
});

async function failure(implementation: (x: number) => unknown) {
  const open = () => inProcessSession({ square: implementation }, square.signatures);
  const { checks } = await gradeExercise(square, open, { seed: "s" });
  return checks[0]?.failure;
}
const hint = async (implementation: (x: number) => unknown) => (await failure(implementation))?.hint;

describe("a hint is shown where it applies to what the code did", () => {
  test("a test that the code fails is advised", async () => {
    expect(await hint((x) => x + 1)).toBe("try 2");
  });
  test("a test that the code passes is not", async () => {
    expect(await hint((x) => (x === 2 ? 4 : 0))).toBe("2 is right");
  });
  test("nor one that the code nearly passes: it has found the way", async () => {
    const coarse = (x: number) => ((x + 1e-4) ** 3 - x ** 3) / 3e-4;
    // Too few numbers to see more in.
    expect((await failure(coarse))?.hint).toMatch(/comes close/);
  });
  test("a code that crashes at the test has not passed it", async () => {
    const crashes = (x: number) => {
      if (x === 2) throw new Error("two");
      return 0;
    };
    expect(await hint(crashes)).toBe("try 2");
  });
  test("by the failing answer and what is right for it", async () => {
    expect(await hint((x) => x * 1e5)).toBe("far too large");
  });
  test("by the kind of failure, also where the exercise says nothing of its own", async () => {
    expect(await hint(() => undefined)).toMatch(/no `return`/);
    expect(
      await hint(() => {
        throw new TypeError("no");
      }),
    ).toBe("for a crash");
    expect(await hint(() => "9")).toBeUndefined();
  });
  test("none beside what the numbers show", async () => {
    const nowhere = await failure(() => Number.NaN);
    expect(nowhere?.observation?.text).toMatch(/NaN/);
    expect(nowhere?.hint).toBeUndefined();
    const refused = await failure(() => {
      throw new Error("no");
    });
    expect(refused?.observation?.id).toBe("refused-an-input");
    expect(refused?.hint).toBeUndefined();
  });
  test("what a product that was given refuses, for a vector and for one too many", async () => {
    const given = exercise({
      id: "product",
      path: "test/product",
      title: "A product",
      source: "a test",
      statement: "",
      signatures: { square: fn([parameter("product", linearMap), parameter("v", vector)], number) },
      hints: ["multiply", "add"],
      reference: { square: (product, v) => product(v)[0] },
      checks: [
        {
          name: "is the product",
          points: 1,
          hints: [{ when: "threw", text: "one list" }],
          async run({ learner, expect }) {
            expect.close(await learner.square({ linearMap: [[2, 1]], most: 1 }, [3, 1]), 7);
          },
        },
      ],
      misconceptions: [
        {
          id: "asks-twice",
          explanation: "",
          implementation: { square: (product, v) => product(v)[0] + product(v)[0] },
        },
      ],
      mutants: [],
    });
    const said = async (implementation: (product: (v: number[]) => number[], v: number[]) => number) => {
      const open = () => inProcessSession({ square: implementation }, given.signatures);
      const { checks } = await gradeExercise(given, open, { seed: "s" });
      return checks[0].failure;
    };
    const noVector = await said((product) => product(3 as never)[0]);
    expect(noVector?.message).toMatch(/expected a list of 2 numbers/);
    expect(noVector?.observation).toBeUndefined();
    expect(noVector?.misconception).toBeUndefined();
    expect(noVector?.hint).toBe("one list");
    expect((await said((product, v) => product(v)[0] * product(v)[0]))?.misconception?.id).toBe("asks-twice");
  });
  test("no hint beside a misconception that explains it", async () => {
    expect(await hint((x) => x ** 3)).toBeUndefined();
  });
});

describe("verify", () => {
  test("names hints that nobody can meet", async () => {
    const met = await meetHints(square, { square: truth }, ["s"]);
    expect(joinHints(square, [met]).map(({ problem }) => problem)).toEqual([
      'no wrong answer meets the hint "for large x" of "is the square"',
      'no wrong answer meets the hint "far too large" of "is the square"',
      'no wrong answer meets the hint "2 is right" of "is the square"',
    ]);
  });
  test("names a hint whose test the solution fails", async () => {
    const [found] = await testProblems(square, { square: (x: number) => x + 2.5 });
    expect(found?.problem).toMatch(
      /"try 2" of "is the square" advises a test that the solution fails: got 4.5, wanted 4/,
    );
  });
});
