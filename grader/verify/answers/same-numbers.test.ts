import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { course } from "../../course.ts";
import { allowedErrors } from "../../domain/domain.ts";
import { freshNumbers, repeat, sameNumbers } from "../../domain/same-numbers.ts";
import { along, linear, strata } from "../../domain/strata.ts";
import { inProcessSession } from "../../drivers/in-process.ts";
import { savedFlowSession } from "../../drivers/saved-flow.ts";
import type { AnyExercise } from "../../exercise.ts";
import type { Session } from "../../grading/session.ts";
import { transcript } from "../../grading/transcript.ts";
import { type Random, random } from "../../random.ts";
import { rightFile } from "../part.ts";
import { passes } from "./quick.ts";

const [low, high] = [{ low: along(linear(0, 1)) }, { high: along(linear(1, 2)) }];

test("numbers are those of the stream, whatever is drawn between what is kept, and in whatever order", () => {
  const begin = repeat(() => random("a"));
  const orders: ((numbers: Random) => unknown[])[] = [
    (numbers) => [strata(numbers, low), strata(numbers, high), numbers.uniform(0, 1)],
    (numbers) => [strata(numbers, high), strata(numbers, low), numbers.normal()],
    (numbers) => [strata(numbers, low), numbers.integer(1000), strata(numbers, high), numbers.uniform(3, 4)],
    (numbers) => [strata(numbers, low), strata(numbers, low), numbers.fork("b").uniform(0, 1)],
    (numbers) => [numbers.uniform(0, 1), strata(numbers, low)],
  ];
  for (const order of [...orders, ...orders.toReversed()]) expect(order(begin())).toEqual(order(random("a")));
});

test("what is kept is drawn once, and nobody can change it", () => {
  let drawn = 0;
  const begin = repeat(() => random("a"));
  const key = {};
  const draw = (numbers: Random) => {
    drawn += 1;
    return [{ inputs: [{ at: numbers.uniform(0, 1) }] as [{ at: number }] }];
  };
  const first = begin().again?.(key, draw);
  expect(begin().again?.(key, draw)).toBe(first);
  expect(drawn).toBe(1);
  expect(() => Object.assign(first?.[0]?.inputs[0] ?? {}, { at: 2 })).toThrow(TypeError);
});

test("what a call allows is worked out once for all runs, and for each of the others anew", () => {
  let asked = 0;
  const allows = (_answer: readonly number[], list: readonly number[]) => {
    asked += 1;
    return list[0];
  };
  const regions = {
    lists: { points: 3, draw: (numbers: Random) => [[numbers.normal(), 0]] as const, place: () => 0 },
  };
  const domain = { allows, float32: false } as const;
  const ask = (numbers: Random) =>
    strata(numbers, regions).map(({ inputs }) => allowedErrors(domain, 1, ...inputs));
  const fresh = ask(random("a"));
  expect(asked).toBe(fresh.length);
  const begin = repeat(() => random("a"));
  expect(ask(begin())).toEqual(fresh);
  asked = 0;
  for (let i = 0; i < 4; i++) expect(ask(begin())).toEqual(fresh);
  expect(asked).toBe(0);
  ask(random("a"));
  expect(asked).toBe(fresh.length);
});

async function rightSession(exercise: AnyExercise): Promise<Session> {
  const { path, file, signatures } = exercise;
  if (file)
    return savedFlowSession(exercise, { name: file.name, bytes: readFileSync(rightFile({ path, file })) });
  const solution = await import(new URL(`../../../solutions/${path}.ts`, import.meta.url).href);
  return inProcessSession(solution, signatures);
}

test("every check of the course asks the same with numbers that are kept", async () => {
  const same = sameNumbers();
  for (const exercise of course) {
    const session = await rightSession(exercise);
    for (const check of exercise.checks) {
      const asked = async (numbers: typeof same) => {
        const log = transcript();
        const passed = await passes(exercise, check, session, "seed", { log, numbers });
        expect(passed, `${exercise.id}, ${check.name}`).toBe(true);
        return log.calls.map(({ inputs }) => inputs);
      };
      const fresh = await asked(freshNumbers);
      expect(await asked(same)).toEqual(fresh);
      expect(await asked(same)).toEqual(fresh);
    }
  }
});
