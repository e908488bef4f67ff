import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { check } from "../check.ts";
import { course, exerciseById } from "../course.ts";
import { runInNotebook } from "../drivers/run-in-notebook.ts";

// Without a notebook, hers is what the check was given, and the line is printed.
let said: string[] = [];
beforeEach(() => {
  said = [];
  vi.spyOn(console, "log").mockImplementation((text) => void said.push(String(text)));
});
afterEach(() => vi.restoreAllMocks());

const density = (x: number) => (x > 0 && x <= 1 ? 0.5 / Math.sqrt(x) : 0);

test("a right answer is hers from then on, and a line says so", async () => {
  const calls: number[] = [];
  const mine = (x: number) => {
    calls.push(x);
    return density(x);
  };
  await check("16.1", { density: mine });
  const { density: used } = await check.passed("16.1", ["density"]);
  calls.length = 0;
  const value: number = used(0.25);
  expect([value, calls]).toEqual([1, [0.25]]);
  expect(said).toEqual(["✎ This cell uses your own density (16.1 passed)."]);
});

test.each([
  [
    "the stub",
    () => {
      throw new Error("Not yet solved");
    },
    "exercise 16.1 is not written yet",
  ],
  ["a wrong one", (x: number) => 2 * Math.sqrt(x), "yours does not pass the check of 16.1 yet"],
  [
    "one that passes but is async",
    async (x: number) => density(x),
    "yours is async, and this cell does not wait",
  ],
  ["none", undefined, "the cell of exercise 16.1 has not been run"],
])("the course's in place of %s", async (_, mine, told) => {
  await check("16.1", { density: mine });
  const used = await check.passed("16.1", ["density"]);
  expect(used.density(0.25)).toBe(1);
  expect(said).toEqual([expect.stringContaining(`○ This cell uses the course's density: ${told}`)]);
});

test("an async one where the cell waits", async () => {
  await check("16.1", { density: async (x: number) => density(x) });
  const used = await check.passed("16.1", ["density"], { waits: true });
  expect(await used.density(0.25)).toBe(1);
  expect(said).toEqual(["✎ This cell uses your own density (16.1 passed)."]);
});

test("what is wrong again after it has passed is not used any more", async () => {
  await check("16.1", { density });
  await check("16.1", { density: (x: number) => 2 * density(x) });
  expect((await check.passed("16.1", ["density"])).density(0.25)).toBe(1);
  expect(said).toEqual([expect.stringContaining("the course's density")]);
});

test("of several functions those that are right, each for itself", async () => {
  const pushSamples = (z: number[], forward: (z: number) => number) => z.map((value) => forward(value));
  const sampleLogistic = (u: number[], location: number, scale: number) =>
    u.map((v) => location + scale * Math.log(v));
  await check("1D.sampling", { pushSamples, sampleLogistic });
  const used = await check.passed("1D.sampling", ["pushSamples", "sampleLogistic"]);
  expect(used.pushSamples([1, 2], (z) => 2 * z)).toEqual([2, 4]);
  expect(used.sampleLogistic([0.5], 3, 1)).toEqual([3]);
  expect(said).toEqual([
    "✎ This cell uses your own pushSamples (1D.sampling passed); and the course's sampleLogistic: yours does not pass the check of 1D.sampling yet. Once it does, run this cell again.",
  ]);
});

test("her function that comes back through the check is hers", async () => {
  await check("16.1", { density });
  const used = await check.passed("16.1", ["density"]);
  await check("16.1", used);
  await check.passed("16.1", ["density"]);
  expect(said[1]).toContain("your own density");
});

test("the course's is nobody's answer, as it is or inside of another function", async () => {
  await check("16.1", { density: undefined });
  const used = await check.passed("16.1", ["density"]);
  expect((await check("16.1", used)).status).toBe("unsolved");
  const around = { density: (x: number) => used.density(x) };
  expect(await check("16.1", around)).toMatchObject({ status: "unsolved", points: 0 });
  expect((await check.passed("16.1", ["density"])).density(0.25)).toBe(1);
  expect(said.at(-1)).toContain("the course's density: exercise 16.1 is not written yet");
});

test("where many answers are right, an answer that is stands in", async () => {
  const { fitWhitening } = await check.passed("03.whitening", ["fitWhitening"]);
  const data = [
    [0, 0],
    [2, 0],
    [0, 4],
    [2, 4],
  ];
  // Mean (1, 2), deviations 1 and 2, uncorrelated.
  const { inverse, logDensity } = fitWhitening(data);
  expect(inverse([2, 4])).toEqual([1, 1]);
  expect(logDensity([1, 2])).toBeCloseTo(-Math.log(2 * Math.PI) - Math.log(2), 12);
});

test.each(
  course.filter(({ standIn, reference }) => (standIn ?? reference) !== undefined).map(({ id }) => id),
)("what stands in for an answer to %s passes its check, the whole of it", async (id) => {
  const exercise = exerciseById(id);
  const run = { seed: "stand-in", words: "none" } as const;
  const result = await runInNotebook(exercise, { ...(exercise.standIn ?? exercise.reference) }, run);
  expect(result.status).toBe("passed");
});

const failing = async (mine: (x: number) => unknown) => {
  let live = false;
  await check("16.1", { density: (x: number) => (live ? mine(x) : density(x)) });
  const used = await check.passed("16.1", ["density"]);
  live = true;
  return used.density;
};

test("what throws later says that it was hers, on what, and how to go on", async () => {
  const used = await failing((x) => {
    throw new RangeError(`no ${x}`);
  });
  expect(() => used(0.5)).toThrow(
    'Your own density, from exercise 16.1, is what this cell runs: density(0.5) threw RangeError: no 0.5. Its check did not ask this. Mend it, run its check and then this cell again; or go on with the course\'s: write { use: "course" } as the last argument of check.passed("16.1", …).',
  );
  try {
    used(0.5);
  } catch (error) {
    // The first frame is in her function, not in what calls it.
    expect(/\n\s+at .*/.exec((error as Error).stack ?? "")?.[0]).toContain("passed.test.ts");
    expect((error as Error).cause).toBeInstanceOf(RangeError);
  }
});

test.each([
  ["nothing", undefined, "density returned nothing (undefined): is a return missing?"],
  ["a text", "0.5", 'density returned "0.5", a text that reads like a number'],
  ["a NaN", Number.NaN, "gave NaN, where the course's gives no NaN"],
  ["a promise", Promise.resolve(1), "gave a promise, and this cell does not wait for one"],
])("%s later is said to be hers", async (_, value, told) => {
  const used = await failing(() => value);
  expect(() => used(0.5)).toThrow(told);
  expect(() => used(0.5)).toThrow("Your own density, from exercise 16.1");
});

test("the course's by wish", async () => {
  await check("16.1", { density });
  const used = await check.passed("16.1", ["density"], { use: "course" });
  expect(used.density(0.25)).toBe(1);
  expect(said).toEqual(["○ This cell uses the course's density: that is what it asks for."]);
});

test("names that the exercise has not are refused, by the compiler too", async () => {
  // @ts-expect-error
  const wrong = check.passed("16.1", ["densty"]);
  await expect(wrong).rejects.toThrow("check.passed: the exercise 16.1 has no densty; it asks for density");
  await expect(check.passed("16.1", [])).rejects.toThrow(
    'check.passed: name the functions of 16.1 that the cell uses, as a list: ["density"]',
  );
  // @ts-expect-error
  await expect(check.passed("99.9", ["f"])).rejects.toThrow('no exercise is called "99.9"');
  // @ts-expect-error
  await expect(check.passed("16.1", { density })).rejects.toThrow("as a list");
});
