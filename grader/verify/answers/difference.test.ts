import { expect, test } from "vitest";
import { relatively } from "../../domain/domain.ts";
import { subjectsOf } from "../../domain/subjects.ts";
import { type AnyExercise, type Domains, exercise } from "../../exercise.ts";
import { fn, number, object, parameter, vector } from "../../harness/kinds.ts";
import { always, type GenericMutant } from "../mutant.ts";
import { differs, probes } from "./difference.ts";
import { rightSessions } from "./right-sessions.ts";

const signatures = {
  fit: fn([parameter("data", vector)], object({ scaled: fn([parameter("x", number)], number) })),
};
const data = [1, 2, 3];
const domains = {
  fit: {
    scaled: {
      regions: {
        any: { draw: (_random, place) => [data, 1 + place] as [number[], number], place: () => 0.5 },
      },
      allows: relatively(1e-9),
      float32: false,
    },
  },
} satisfies Domains<typeof signatures>;
const fitting = exercise({
  id: "fit",
  path: "test/fit",
  title: "A fit",
  source: "a test",
  statement: "Write `fit(data)`.",
  signatures,
  domains,
  checks: [],
  hints: ["a", "b"],
  misconceptions: [],
}) as AnyExercise;

/** Whether each differs, and how many fits it takes to know. */
async function tried(asked: (data: readonly number[], x: number) => readonly unknown[]) {
  let fits = 0;
  const right = await rightSessions(fitting, {
    fit(list: number[]) {
      fits += 1;
      const sum = list.reduce((a, b) => a + b, 0);
      return { scaled: (x: number) => sum * x };
    },
  });
  const [of] = subjectsOf(fitting);
  const regions = await probes(right.session, of);
  const before = fits;
  const mutant: GenericMutant = {
    ...always("asks otherwise", (_right, [list, x], ask) => ask(asked(list as number[], x as number))),
    of,
  };
  const differ = await differs(mutant, right, domains.fit.scaled as never, regions, false);
  return { differ, before, more: fits - before };
}

test("a wrong answer about an object that the probes have asked needs no other one", async () => {
  expect(await tried((list, x) => [list, 2 * x])).toEqual({ differ: true, before: 1, more: 0 });
  expect(await tried((list, x) => [list, x])).toEqual({ differ: false, before: 1, more: 0 });
});

test("one about another object has that one made", async () => {
  const { differ, more } = await tried((list, x) => [[...list, 4], x]);
  expect(differ).toBe(true);
  expect(more).toBeGreaterThan(0);
});
