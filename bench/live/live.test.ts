import { expect, test } from "vitest";
import { measureAnswers } from "./answers.ts";
import { flows } from "./flows.ts";
import { answersTable, pageTable, quantile } from "./table.ts";

test("quantiles are values that were measured, in any order", () => {
  const values = [5, 1, 4, 2, 3];
  expect([0, 0.5, 0.9, 1].map((share) => quantile(values, share))).toEqual([1, 3, 5, 5]);
  expect(values).toEqual([5, 1, 4, 2, 3]);
});

test("each flow has a row of medians", () => {
  const ms = [30, 10, 20];
  const answers = answersTable([{ title: "a shear", ms, processorMs: 4.26, characters: 142_600 }]);
  expect(answers.split("\n")[2]).toBe("| a shear | 20 ms | 30 ms | 4.3 ms | 143 kB |");
  const moves = ms.map((total) => ({
    ...{ toMessage: 0.1, toKernel: 2, toPicture: total / 2, toDocument: 1, toFrame: 16, total },
  }));
  expect(pageTable([{ title: "a shear", moves }]).split("\n")[2]).toBe(
    "| a shear | 0.1 ms | 2.0 ms | 10 ms | 1.0 ms | 16 ms | 20 ms | 30 ms |",
  );
});

test("the kernel answers every move with a picture of all points", { timeout: 120_000 }, async () => {
  const measured = await measureAnswers(3);
  expect(measured.map(({ title }) => title)).toEqual(flows.map(({ title }) => title));
  for (const { ms, processorMs, characters } of measured) {
    expect(ms.length).toBe(3);
    expect(processorMs).toBeGreaterThan(0);
    // A point takes 10 characters or more.
    expect(characters).toBeGreaterThan(100_000);
  }
});
