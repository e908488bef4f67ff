import { expect, test } from "vitest";
import { sameNumbers } from "../../domain/same-numbers.ts";
import { along, linear, only, strata } from "../../domain/strata.ts";
import { inProcessSession } from "../../drivers/in-process.ts";
import { exercise } from "../../exercise.ts";
import { fn, number, parameter, vector } from "../../harness/kinds.ts";
import { keptAnswers } from "./kept-answers.ts";
import { rejecting } from "./quick.ts";

const signatures = {
  scaled: fn([parameter("data", vector), parameter("by", number)], vector),
  counted: fn([parameter("x", number)], number),
};

async function counting() {
  let calls = 0;
  const session = await inProcessSession(
    {
      scaled: (data: number[], by: number) => {
        calls += 1;
        return data.map((x) => x * by);
      },
      counted: () => ++calls,
    },
    signatures,
  );
  return { session, calls: () => calls };
}

test("the same call is worked out once, any other anew", async () => {
  const { session, calls } = await counting();
  const kept = keptAnswers(session, new Set(["scaled"]));
  const data = [1, 2];
  const scaled = (of: number[], by: number) => kept.call({ export: "scaled" }, [of, by]);
  expect([await scaled(data, 2), await scaled(data, 2)]).toEqual([
    [2, 4],
    [2, 4],
  ]);
  expect(calls()).toBe(1);
  expect([await scaled(data, 3), await scaled([5], 2), await scaled([1, 2], 2)]).toEqual([
    [3, 6],
    [10],
    [2, 4],
  ]);
  expect(calls()).toBe(4);
});

test("what is not named is asked each time", async () => {
  const { session } = await counting();
  const kept = keptAnswers(session, new Set(["scaled"]));
  const counted = () => kept.call({ export: "counted" }, [0]);
  expect([await counted(), await counted()]).toEqual([1, 2]);
});

test("the region that an answer was rejected in is asked first, and all others after it", async () => {
  const regions = { first: along(linear(1, 2), 20), second: along(only(7), 1) };
  const asked: number[] = [];
  const square = exercise({
    id: "square",
    path: "test/square",
    title: "A square",
    source: "a test",
    statement: "Write `counted(x)`.",
    signatures: { counted: signatures.counted },
    checks: [
      {
        name: "is x",
        points: 1,
        async run({ learner, random, expect }) {
          for (const { inputs } of strata(random, regions)) {
            asked.push(inputs[0]);
            expect.close(await learner.counted(inputs[0]), inputs[0]);
          }
        },
      },
    ],
    hints: ["a", "b"],
    misconceptions: [],
  });
  const numbers = sameNumbers();
  const wrongAt = (value: number) => () =>
    inProcessSession({ counted: (x: number) => (x === value ? 0 : x) }, { counted: signatures.counted });
  const rejection = await rejecting(square, wrongAt(7), "a", undefined, numbers);
  expect(rejection).toEqual({ check: square.checks[0], region: "second" });
  asked.length = 0;
  expect(await rejecting(square, wrongAt(7), "b", rejection, numbers)).toEqual(rejection);
  expect(asked).toEqual([7]);
  asked.length = 0;
  expect(await rejecting(square, wrongAt(8), "b", rejection, numbers)).toBeUndefined();
  expect(new Set(asked).size).toBe(21);
  expect(asked).toHaveLength(20 + 2 + 1 + 2);
});
