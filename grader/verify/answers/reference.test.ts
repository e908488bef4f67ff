import { expect, test } from "vitest";
import { relatively } from "../../domain/domain.ts";
import { type AnyExercise, exercise } from "../../exercise.ts";
import { fn, number, parameter } from "../../harness/kinds.ts";
import { referenceProblems } from "./reference.ts";

const signatures = { power: fn([parameter("x", number), parameter("n", number)], number) };
type Power = (x: number, n: number) => number;

/** Asked for 2 ≤ x ≤ 3 and for n from 0 to 4 alone. */
const withReference = (power: Power): AnyExercise =>
  exercise({
    id: "power",
    path: "test/power",
    title: "A power",
    source: "a test",
    statement: "",
    signatures,
    domains: {
      power: {
        regions: {
          "a few factors": {
            draw: (_random, place) => [2 + place, Math.min(4, Math.floor(5 * place))],
            place: (x, n) =>
              x >= 2 && x <= 3 && Number.isInteger(n) && n >= 0 && n <= 4 ? n / 4 : undefined,
          },
        },
        allows: relatively(1e-9),
        float32: false,
      },
    },
    reference: { power },
    checks: [{ name: "is xⁿ", points: 1, async run() {} }],
    hints: ["a", "b"],
    misconceptions: [],
  }) as AnyExercise;

test("a reference is asked at the ends of its regions, exchanged and doubled, and for no more turns than twice as many", async () => {
  const asked: [number, number][] = [];
  const right: Power = (x, n) => {
    asked.push([x, n]);
    return x ** n;
  };
  expect(await referenceProblems(withReference(right))).toEqual([]);
  expect(asked).toContainEqual([2, 0]);
  expect(asked).toContainEqual([2.5, 2]);
  expect(asked).toContainEqual([2.5, 4]);
  expect(asked).toContainEqual([5, 2]);
  expect(asked).toContainEqual([0, 2]);
  expect(asked.every(([, n]) => n <= 8)).toBe(true);
});

test("one that fails where a region ends is told, with the call", async () => {
  const fails: Power = (x, n) => {
    if (n === 4) throw new TypeError("no fourth factor");
    return x ** n;
  };
  const [found, ...more] = await referenceProblems(withReference(fails));
  expect(found?.problem).toMatch(/^the reference fails at power\(.*, 4\): TypeError: no fourth factor$/);
  expect(more).toEqual([]);
});

test("it may refuse in any way what changed places or was doubled", async () => {
  const refuses: Power = (x, n) => {
    if (x < 2 || x > 3) throw new RangeError("out of the domain");
    return x ** n;
  };
  expect(await referenceProblems(withReference(refuses))).toEqual([]);
});
