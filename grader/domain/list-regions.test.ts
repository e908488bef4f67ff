import { describe, expect, test } from "vitest";
import { random } from "../random.ts";
import { listRegions, MOST } from "./list-regions.ts";
import { only, strata } from "./strata.ts";

const item = (numbers: ReturnType<typeof random>) => numbers.normal();
const regions = listRegions<readonly [number[]]>({ item, call: (list) => [list] });
const listsIn = (seed: string, region: string) =>
  strata(random(seed), regions).flatMap((call) => (call.region === region ? [call.inputs[0]] : []));

test("each list that is drawn lies in its region, at the place that it was drawn for", () => {
  for (let seed = 0; seed < 50; seed++) {
    for (const [name, { draw, place, points = 4 }] of Object.entries(regions)) {
      const numbers = random(`${seed} ${name}`);
      for (let i = 0; i < points; i++)
        expect(place(...draw(numbers, (i + 0.5) / points)), name).toEqual(expect.any(Number));
    }
  }
});

test("every run has none, one, some and many, those with equal ones, in order, and with 0 and ±1", () => {
  for (const seed of ["a", "b", "c"]) {
    const lists = strata(random(seed), regions).map(({ inputs }) => inputs[0]);
    const lengths = new Set(lists.map(({ length }) => length));
    for (let n = 0; n <= 12; n++) expect(lengths, `seed ${seed}`).toContain(n);
    expect(lists.filter(({ length }) => length >= 300 && length <= MOST)).toHaveLength(1);
    expect(listsIn(seed, "numbers that are all equal").every((list) => new Set(list).size === 1)).toBe(true);
    expect(listsIn(seed, "numbers of which some come twice").every((list) => new Set(list).size > 1)).toBe(
      true,
    );
    for (const value of [0, -0, 1, -1])
      expect(lists.some((list) => list.some((v) => Object.is(v, value)))).toBe(true);
    const ordered = listsIn(seed, "numbers in order, or the other way round");
    for (const sign of [1, -1])
      expect(ordered.some((list) => list.every((v, i) => i === 0 || sign * (v - list[i - 1]) >= 0))).toBe(
        true,
      );
  }
  expect(Object.keys(regions)[0]).toBe("some numbers");
});

describe("what an exercise says of its lists", () => {
  test("other arguments, another place of the list, a noun and special values", () => {
    const own = listRegions<readonly [number, number[]]>({
      item,
      call: (list, numbers) => [numbers.uniform(5, 6), list],
      listOf: (_rate, list) => list,
      special: only(0.5),
      noun: "point",
    });
    const calls = strata(random("own"), own);
    expect(calls.every(({ inputs: [rate] }) => rate >= 5 && rate < 6)).toBe(true);
    const with05 = calls.filter(({ region }) => region === "a special value among the points");
    expect(with05.every(({ inputs: [, list] }) => list.includes(0.5))).toBe(true);
    expect(own["no points"].place(5, [])).toBe(0);
    expect(own["one point"].place(5, [])).toBeUndefined();
  });

  test("the shortest list", () => {
    const two = listRegions<readonly [number[]]>({ item, call: (list) => [list], least: 2 });
    expect(Object.keys(two)).not.toContain("one number");
    const lengths = strata(random("two"), two).map(({ inputs }) => inputs[0].length);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(2);
    expect(() => listRegions({ item, call: (list) => [list], least: 3 })).toThrow("got 3");
  });
});
