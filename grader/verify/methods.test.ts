/** An exercise whose answer is an object: what `verify` says of its methods. */

import { describe, expect, test } from "vitest";
import { allowedErrors, relatively, wellConditioned } from "../domain/domain.ts";
import { drawOnce, linear, type Region, strata } from "../domain/strata.ts";
import { type AnyExercise, type CheckContext, type Domains, exercise } from "../exercise.ts";
import { judgeInTurn } from "../grading/in-turn.ts";
import { fn, number, object, type Plain, parameter, record } from "../harness/kinds.ts";
import type { Random } from "../random.ts";
import { verifyExercise } from "./exercise.ts";

const signatures = {
  line: fn(
    [parameter("a", number), parameter("b", number)],
    object({
      forward: fn([parameter("z", number)], number),
      inverse: fn([parameter("x", number)], number),
    }),
  ),
};
type Line = Plain<(typeof signatures)["line"]["returns"]>;
type Context = CheckContext<typeof signatures>;
type Made = [a: number, b: number];

const size = linear(2, 9);
const draw = (random: Random): number => size.at(random.uniform(0, 1));
const region: Region<[a: number, b: number, point: number]> = {
  draw: (random) => [draw(random), draw(random), draw(random)],
  place: () => 0.5,
};
const open = (...asked: number[]): boolean =>
  new Set(asked).size < 3 || asked.some((v) => size.place(v) === undefined);
const common = { regions: { ordinary: region }, allows: relatively(1e-9), float32: wellConditioned, open };
const domains = { line: { forward: common, inverse: common } } satisfies Domains<typeof signatures>;

const right = {
  forward: (a: number, _b: number, z: number) => a * z,
  inverse: (a: number, _b: number, x: number) => x / a,
};
const linePair = (random: Random): { made: Made; other: Made; points: [number, number] } => ({
  made: [draw(random), draw(random)],
  other: [draw(random), draw(random)],
  points: [draw(random), draw(random)],
});

/** Each line asked about one point, and `inTurn`, if it is there. */
const check = (method: "forward" | "inverse", inTurn: boolean) => ({
  name: method,
  points: 1,
  async run({ learner, random, expect }: Context) {
    const judge = async (line: Line, [a, b]: Made, point: number) => {
      const want = right[method](a, b, point);
      expect.close(await line[method](point), want, allowedErrors(common, want));
    };
    for (const { inputs } of strata(random, common.regions)) {
      const [a, b, point] = inputs;
      await judge(await learner.line(a, b), [a, b], point);
    }
    if (!inTurn) return;
    await judgeInTurn<Made, Line, number>({
      ...drawOnce(random, linePair),
      make: (made) => learner.line(...made),
      others: [(line, point) => (method === "forward" ? line.inverse(point) : line.forward(point))],
      judge,
    });
  },
});

function made(inTurn: boolean, more: Partial<AnyExercise> = {}): AnyExercise {
  return {
    ...exercise({
      id: "line",
      path: "test/line",
      title: "A line",
      source: "a test",
      statement: "Write `line(a, b)`.",
      signatures,
      domains,
      checks: [check("forward", inTurn), check("inverse", inTurn)],
      hints: ["a", "b"],
      misconceptions: [
        {
          id: "exchanged",
          explanation: "The other way round.",
          implementation: { line: (a) => ({ forward: (z) => z / a, inverse: (x) => a * x }) },
        },
      ],
    }),
    ...more,
  } as AnyExercise;
}

const modules = {
  solution: { line: (a: number) => ({ forward: (z: number) => a * z, inverse: (x: number) => x / a }) },
  stub: {
    line: () => {
      throw new Error("Not yet solved");
    },
  },
};
const verdict = (of: AnyExercise) => verifyExercise(of, modules, { right: 20, wrong: 20, explained: 3 });
const problems = async (of: AnyExercise) => (await verdict(of)).findings.map(({ problem }) => problem);

test("one that is asked in turn is sound: an argument that does not count may be forgotten", async () => {
  const { findings, coverage } = await verdict(made(true));
  expect(findings).toEqual([]);
  expect(coverage.generic).toBeGreaterThan(100);
});

describe("where each object is asked one thing, finds", () => {
  const found = problems(made(false));

  test.each([
    "another answer when an object is asked again",
    "each object's first answer for ever",
    "as if of the object made last",
    "another answer once inverse was asked",
    "at the point that inverse was asked about last",
    "answers kept whatever a is",
    "answers kept whatever z is",
  ])("%s", async (id) => {
    expect((await found).join("\n")).toContain(`line(…).forward, ${id}, passes every check (20 of 20 seeds`);
  });

  test("nothing that is wrong at a first question", async () => {
    for (const id of [
      "another answer until inverse is asked",
      "as if of the first object made",
      "twice as much",
    ])
      expect((await found).join("\n")).not.toContain(`line(…).forward, ${id},`);
  });
});

test("a method without a domain, and an object in a record, are named", async () => {
  const { forward } = domains.line;
  expect(await problems(made(true, { domains: { line: { forward } } as never }))).toContain(
    "line(…).inverse has no domain, so that nothing shows where its answers are looked at",
  );
  const inside = { ...signatures, both: fn([], record({ one: signatures.line.returns })) };
  expect((await problems(made(true, { signatures: inside }))).join("\n")).toContain(
    "both returns an object that is no function's result by itself: no wrong answers are made of its methods",
  );
});
