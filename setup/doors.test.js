import { expect, test } from "vitest";
import { doors } from "./testing/doors.js";

test("flowlab and flowlab-grader export each name by one door only", async () => {
  const doorsOf = new Map();
  for (const { specifier } of doors)
    for (const name of Object.keys(await import(specifier)))
      doorsOf.set(name, [...(doorsOf.get(name) ?? []), specifier]);
  expect(doorsOf.size).toBeGreaterThan(100);
  expect([...doorsOf].filter(([, from]) => from.length > 1)).toEqual([]);
});
