import { expect, test } from "vitest";
import { inProcessSession } from "../drivers/in-process.ts";
import { fn, matrix, number, record, vector } from "./kinds.ts";

const signatures = {
  step: fn([], record({ a: number, b: number })),
  value: fn([], number),
  list: fn([], vector),
  grid: fn([], matrix),
};

async function message(name: keyof typeof signatures, value: unknown): Promise<string> {
  const session = await inProcessSession({ [name]: () => value }, signatures);
  return session.call({ export: name }, []).then(
    () => "",
    (error) => error.message,
  );
}

const tensor = { dataSync: () => [1], shape: [2, 3] };

test.each([
  ["step", [0.5, -1.25], "step returned [0.5, -1.25], a list; expected { a: number; b: number }"],
  ["step", "0.5, 1", 'step returned "0.5, 1", a text; expected { a: number; b: number }'],
  [
    "step",
    undefined,
    "step returned nothing (undefined): is a return missing? Expected { a: number; b: number }",
  ],
  ["step", { a: 0.5 }, "step returned { a: 0.5 }: the field b is missing; expected { a: number; b: number }"],
  [
    "step",
    { A: 1, B: 2 },
    "step returned { A: 1, B: 2 }: its field is called A, not a; expected { a: number; b: number }",
  ],
  [
    "step",
    { next: { a: 1, b: 2 } },
    "step returned { next: { a: 1, b: 2 } }: a is one level too deep, inside next; expected { a: number; b: number }",
  ],
  [
    "step",
    { a: "0.5", b: 1 },
    'in what step returned, a is "0.5", a text that reads like a number; expected a number',
  ],
  ["step", { a: [1], b: 1 }, "in what step returned, a is [1], a list with one number; expected a number"],
  [
    "step",
    { a: Promise.resolve(1), b: 1 },
    "in what step returned, a is a promise (is an await missing?); expected a number",
  ],
  ["value", [2], "value returned [2], a list with one number; expected a number"],
  ["value", "2.5", 'value returned "2.5", a text that reads like a number; expected a number'],
  [
    "value",
    tensor,
    "value returned a tensor of shape [2, 3] (its numbers come out with dataSync()); expected a number",
  ],
  ["value", 3n, "value returned 3n; expected a number"],
  ["value", null, "value returned null; expected a number"],
  ["value", () => 1, "value returned a function (is it called?); expected a number"],
  ["list", [[1], [2]], "list returned [[1], [2]], a list of lists; expected a list of numbers, number[]"],
  ["list", 3, "list returned 3; expected a list of numbers, number[]"],
  ["list", [1, undefined, 3], "in what list returned, entry 1 is undefined; expected a number"],
  [
    "list",
    [1, Promise.resolve(2)],
    "in what list returned, entry 1 is a promise (is an await missing?); expected a number",
  ],
  ["grid", [1, 2, 3, 4, 5], "in what grid returned, entry 0 is 1; expected a list of numbers, number[]"],
] as const)("%s: %o", async (name, value, words) => {
  expect(await message(name, value)).toBe(words);
});

test("hostile values are shown and not called", async () => {
  const called: string[] = [];
  const value = {
    toString: () => called.push("toString"),
    toJSON: () => called.push("toJSON"),
    long: "x".repeat(1000),
    deep: [[[[[1]]]]],
  };
  const text = await message("value", value);
  expect(text.length).toBeLessThan(300);
  expect(called).toEqual([]);
});
