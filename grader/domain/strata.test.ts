import { expect, test } from "vitest";
import { random } from "../random.ts";
import { along, beside, bothSigns, evenly, linear, logarithmic, negative, only, strata } from "./strata.ts";

test("every part of every region has its point, whatever the seed, and two of them come twice", () => {
  const regions = { small: along(logarithmic(1e-9, 1), 6), "below 0": along(negative(linear(0, 1)), 4) };
  for (let seed = 0; seed < 200; seed++) {
    const calls = strata(random(`s${seed}`), regions);
    expect(calls).toHaveLength(6 + 2 + 4 + 2);
    for (const [name, { place, points }] of Object.entries(regions)) {
      const places = calls
        .filter(({ region }) => region === name)
        .map(({ inputs }) => place(...inputs) as number);
      const parts = new Set(places.map((at) => Math.min(Math.floor(at * (points as number) + 1e-9), 5)));
      expect(parts.size).toBe(points);
    }
    const twice = calls.filter(({ inputs: [x] }, i) => calls.findIndex(({ inputs }) => inputs[0] === x) < i);
    expect(twice).toHaveLength(4);
    const inARow = calls.filter(({ inputs }, i) => inputs[0] === calls[i - 1]?.inputs[0]);
    expect(inARow.length).toBeGreaterThanOrEqual(2);
  }
});

test("even points leave no gap longer than a step", () => {
  const region = evenly(100, along(linear(0, 1)));
  const x = strata(random("even"), { region }).map(({ inputs }) => inputs[0]);
  const sorted = [0, ...x.toSorted((a, b) => a - b), 1];
  expect(Math.max(...sorted.map((at, i) => at - (sorted[i - 1] ?? 0)))).toBeLessThan(0.01 + 1e-9);
});

test.each([
  ["linear", linear(-3, 5)],
  ["logarithmic", logarithmic(1e-300, 1e300)],
  ["both signs", bothSigns(logarithmic(1e-5, 10))],
  ["beside 1", beside(1, negative(logarithmic(1e-6, 0.1)))],
])("%s: a place leads to a value, and the value back to the place", (_what, span) => {
  for (const place of [0.01, 0.3, 0.6, 0.99]) expect(span.place(span.at(place))).toBeCloseTo(place, 6);
  expect(span.place(Number.NaN)).toBeUndefined();
});

test("one value is in its own region and no other", () => {
  expect([only(1).at(0.7), only(1).place(1), only(1).place(1.1)]).toEqual([1, 0, undefined]);
});
