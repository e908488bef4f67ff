import { expect, test } from "vitest";
import { allowedErrors, type Domain } from "./domain.ts";
import { shareCalls, workedOutOnce } from "./shared-calls.ts";

const who = {};

/** An argument that many runs share, as `again` draws it. */
function shared<A extends object>(argument: A): A {
  shareCalls(argument);
  return argument;
}

/** How often a piece of work is done. */
function counted() {
  let times = 0;
  return { work: () => ++times, times: () => times };
}

test("what follows from a shared call and its answer is worked out once, by each who asks", () => {
  const { work, times } = counted();
  const list = shared([1, 2]);
  for (let i = 0; i < 3; i++) expect(workedOutOnce(who, [3], [list, 5], work)).toBe(1);
  expect(workedOutOnce({}, [3], [list, 5], work)).toBe(2);
  expect(workedOutOnce(who, [3], [list, 5], work)).toBe(1);
  expect(times()).toBe(2);
});

test("another argument, another answer and another sign of zero are other work", () => {
  const list = shared([1, 2]);
  const once = (answer: number[], ...inputs: unknown[]) =>
    workedOutOnce(who, answer, inputs, () => ({ answer, inputs }));
  const results = [
    once([3], list, 5),
    once([3], list, 6),
    once([3], list, -0),
    once([3], list, 0),
    once([3, 4], list, 5),
    once([Number.NaN], list, 5),
    once([3], shared([1, 2]), 5),
    once([3], list),
  ];
  expect(new Set(results).size).toBe(results.length);
  expect(once([3], list, 6)).toBe(results[1]);
});

test("the answer is kept as it was: an array that is filled again is another answer", () => {
  const { work } = counted();
  const [list, answer] = [shared([1]), [3]];
  expect(workedOutOnce(who, answer, [list], work)).toBe(1);
  answer[0] = 4;
  expect(workedOutOnce(who, answer, [list], work)).toBe(2);
});

test("where one argument may change, or all are numbers, nothing is kept", () => {
  const { work, times } = counted();
  for (const inputs of [[[1, 2]], [shared([1]), [2]], [1, 2], []])
    for (let i = 0; i < 2; i++) workedOutOnce(who, [3], inputs, work);
  expect(times()).toBe(8);
});

test("errors that a domain allows are those of the call as it is, shared or not", () => {
  let asked = 0;
  const domain: Pick<Domain<[number[], number]>, "allows" | "float32"> = {
    allows(answer, list, scale) {
      asked += 1;
      return answer.map((value, i) => Math.abs(value * list[i] * scale));
    },
    float32: (answer) => answer,
  };
  const list = [1, 2];
  const before = allowedErrors(domain, [1, 1], list, 3);
  expect(before.absolute).toEqual([3, 6]);
  list[1] = 5;
  expect(allowedErrors(domain, [1, 1], list, 3).absolute).toEqual([3, 15]);
  shareCalls(list);
  const kept = allowedErrors(domain, [1, 1], list, 3);
  expect(kept.absolute).toEqual([3, 15]);
  expect(allowedErrors(domain, [1, 1], list, 3)).toBe(kept);
  expect(asked).toBe(3);
});
