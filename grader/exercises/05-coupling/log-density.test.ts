/** What a line of a wrong derivation is told to be: the slip that it shows, in whatever form. */

import { expect, test } from "vitest";
import { FIRST, LAST } from "./log-density.domain.ts";
import { misconceptions } from "./log-density.misconceptions.ts";
import { logDensity } from "./log-density.ts";

const shown = (...lines: string[]): string[] =>
  misconceptions
    .filter(({ shows }) => shows?.([{ export: "logDensitySteps", inputs: [], got: [FIRST, ...lines, LAST] }]))
    .map(({ id }) => id);

test.each([
  "log(p(x1) * p((x2 - t(x1)) / exp(s(x1))) * exp(s(x1)))",
  "log(p(x1)*p((x2-t(x1))/exp(s(x1)))*abs(exp(s(x1))))",
  "log(exp(s(x1)) * p(x1) * p((x2 - t(x1)) / exp(s(x1))))",
  "log(p(x1) * exp(s(x1)) * p((x2 - t(x1)) * exp(-s(x1))))",
  "log(p(x1) * p((x2 - t(x1)) / exp(s(x1))) / exp(-s(x1)))",
  "log(p(x1) * p((x2 - t(x1)) / exp(s(x1))) * abs(1 * exp(s(x1)) - 0))",
  "log(p(x1)) + log(p((x2 - t(x1)) / exp(s(x1)))) + s(x1)",
  "log(p(x1)) + log(p((x2 - t(x1)) / exp(s(x1)))) + log(exp(s(x1)))",
  "log(p(x1)) + log(p((x2 - t(x1)) / exp(s(x1)))) + log(abs(exp(s(x1))))",
  "s(x1) + log(p(x1)) + log(p((x2 - t(x1)) / exp(s(x1))))",
  "log(p(x1)) + s(x1) + log(p((x2 - t(x1)) / exp(s(x1))))",
])("multiplied by the determinant: %s", (line) => {
  expect(shown(line)).toEqual(["plus-s"]);
});

test.each([
  "log(p(x1)) + log(p((x2 - t(x1)) * exp(s(x1)))) - s(x1)",
  "log(p(x1)) + log(p(exp(s(x1)) * (x2 - t(x1)))) - s(x1)",
  "log(p(x1)) + log(p((x2 - t(x1)) / exp(-s(x1)))) - s(x1)",
  "log(p(x1) * p((x2 - t(x1)) * exp(s(x1))) / exp(s(x1)))",
])("multiplied on the way back: %s", (line) => {
  expect(shown(line)).toEqual(["multiplied-on-the-way-back"]);
});

test("two slips of one line are both seen, and the reference's lines show none", async () => {
  expect(shown("log(p(x1)) + log(p((x2 - t(x1)) * exp(s(x1)))) + s(x1)")).toEqual([
    "plus-s",
    "multiplied-on-the-way-back",
  ]);
  const right = (await logDensity.reference?.logDensitySteps()) as string[];
  expect(shown(...right)).toEqual([]);
});

test.each([
  "log(p(x1) * p((x2 - t(x1)) / exp(s(x1))) / abs(exp(s(x1)) - g * 0))",
  "log(p(x1) * p((x2 - t(x1)) / exp(s(x1))) / abs(exp(s(x1)) * 1))",
  "log(p(x1) * p((x2 - t(x1)) / exp(s(x1))) * exp(-s(x1)))",
  "log(exp(-s(x1)) * p(x1) * p(exp(-s(x1)) * (x2 - t(x1))))",
  "log(p(x1) * p((x2 - t(x1)) / exp(s(x1))) / (1 * exp(s(x1))))",
  "log(p((x2 - t(x1)) / exp(s(x1))) / exp(s(x1)) * p(x1))",
  "log(p(x1)) + log(p((x2 - t(x1)) / exp(s(x1)))) - s(x1) * log(e)",
  "log(p(x1)) - s(x1) + log(p((x2 - t(x1)) / exp(s(x1))))",
])("a right line shows no slip: %s", (line) => {
  expect(shown(line)).toEqual([]);
});
