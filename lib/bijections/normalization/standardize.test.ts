import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { standardNormal } from "../../distributions/normal.ts";
import { everyBackend } from "../../engine/backends.fixture.ts";
import { availableBackends, tf, useBackend } from "../../engine/tf.ts";
import { flow } from "../../flows/flow.ts";
import { splineCoupling } from "../../flows/spline-coupling.ts";
import { ShapeError } from "../../ground/errors.ts";
import { random } from "../../random/random.ts";
import { loadFlow, saveFlow } from "../../serialize/flow-file.ts";
import { fit } from "../../training/fit.ts";
import { chain } from "../composition/chain.ts";
import { standardize } from "./standardize.ts";

/** Income, year and a share, of so many people: columns of very different sizes. */
function people(count: number): number[][] {
  const stream = random(4);
  return Array.from({ length: count }, () => {
    const [a, b, c] = stream.normal(3);
    return [Math.exp(10 + 0.5 * a + 0.4 * c), 2000 + 5 * b + 2 * c, 1 / (1 + Math.exp(-c))];
  });
}

describe.each(everyBackend())("standardize on %s", (backend) => {
  beforeEach(() => useBackend(backend));

  test.each([
    [0, 1],
    [1e7, 1],
    [-2e9, 3e4],
    [1e-20, 1e-18],
    [5, 1e-6],
    [1e30, 1e26],
    [0, 1e37],
  ])("gives numbers around %d with deviation %d mean 0 and deviation 1", (offset, width) => {
    const data = Float32Array.from(random(2).normal(4000), (z) => offset + width * z);
    const z = Array.from(standardize(data).inverse(tf.tensor1d(data)).value.dataSync());
    const mean = z.reduce((sum, v) => sum + v / z.length, 0);
    const deviation = Math.sqrt(z.reduce((sum, v) => sum + (v - mean) ** 2 / z.length, 0));
    // float32 rounds the mean of the data to a 2²⁴th of it.
    expect(Math.abs(mean)).toBeLessThan(1e-6 + (2 ** -24 * Math.abs(offset)) / width);
    expect(Math.abs(deviation - 1)).toBeLessThan(1e-6);
  });

  test("has the log-determinant of exactly the numbers that it divides by", () => {
    const map = standardize(people(500));
    const [, deviation] = map.state as tf.Variable[];
    const exact = Array.from(deviation.dataSync()).reduce((sum, s) => sum + Math.log(s), 0);
    const { logDet } = map.inverse(tf.tensor2d(people(3)));
    expect(Array.from(logDet.dataSync())).toEqual([1, 2, 3].map(() => expect.closeTo(-exact, 5)));
    expect(map.forward(tf.zeros([1, 3])).logDet.dataSync()[0]).toBeCloseTo(exact, 5);
  });

  test("is saved with a flow, which then gives the same densities to the last bit", () => {
    const folder = mkdtempSync(join(tmpdir(), "flowlab-test-"));
    try {
      const data = people(200);
      const map = chain([splineCoupling({ dimensions: 3, layers: 2, hidden: [8] }), standardize(data)]);
      const model = flow(standardNormal([3]), map);
      saveFlow(model, join(folder, "flow"));
      const again = loadFlow(join(folder, "flow"));
      expect(Array.from(again.logProb(data).dataSync())).toEqual(Array.from(model.logProb(data).dataSync()));
      expect(Array.from(again.sample(5, 1).dataSync())).toEqual(Array.from(model.sample(5, 1).dataSync()));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("leaves no tensors behind but its two", () => {
    const data = tf.tensor2d(people(20));
    const before = tf.memory().numTensors;
    standardize(data);
    expect(tf.memory().numTensors).toBe(before + 2);
    const constant = [1, 2].map(() => [3, 4]);
    expect(() => standardize(constant)).toThrow(RangeError);
    expect(tf.memory().numTensors).toBe(before + 2);
  });
});

test("a spline flow learns raw columns behind it, and is not trained to change it", async () => {
  useBackend(availableBackends()[0]);
  const data = people(3000);
  const map = standardize(data);
  const before = (map.state as tf.Variable[]).map((one) => Array.from(one.dataSync()));
  const model = flow(
    standardNormal([3]),
    chain([splineCoupling({ dimensions: 3, layers: 4, hidden: [32] }), map]),
  );
  const { loss } = await fit(model, data, { steps: 250, learningRate: 5e-3 });
  const deviations = before[1].reduce((sum, s) => sum + Math.log(s), 0);
  // A normal with these deviations has 3·½ log 2πe + Σ log s nats; the columns depend on each other and are skewed.
  const independent = 1.5 * Math.log(2 * Math.PI * Math.E) + deviations;
  expect(loss[0]).toBeCloseTo(independent, 0);
  expect(loss.slice(-20).reduce((sum, v) => sum + v / 20, 0)).toBeLessThan(independent - 0.5);
  expect((map.state as tf.Variable[]).map((one) => Array.from(one.dataSync()))).toEqual(before);
});

test("data that cannot be standardized are refused with the place", () => {
  const rows = [
    [1, 5, 2],
    [2, 5, 4],
    [3, 5, 9],
  ];
  const columns = ["age", "country", "income"];
  expect(() => standardize(rows, { columns })).toThrow(
    /column "country" is 5 in all 3 events, and a constant/,
  );
  expect(() => standardize(rows)).toThrow(/column 1 \(of 0 to 2\) is 5 in all 3 events/);
  expect(() => standardize([4, 4])).toThrow(/the numbers is 4|the numbers/);
  expect(() => standardize(tf.ones([2, 1, 2, 1]))).toThrow(/number \[0,0,0\] is 1 in all 2 events/);
  const spoilt = rows.with(1, [2, Number.NaN, 4]);
  expect(() => standardize(spoilt, { columns })).toThrow(/got NaN in row 1, column "country"/);
  expect(() => standardize([[1], [Infinity]])).toThrow(/got Infinity in row 1, column 0/);
  const beyond = /got 1e\+300, more than the 3.4e38 that float32 holds, in row 1, column 1/;
  expect(() =>
    standardize([
      [1, 2],
      [3, 1e300],
      [0, 1],
    ]),
  ).toThrow(beyond);
  expect(() => standardize([Float64Array.of(1, 2), Float64Array.of(3, 1e300)])).toThrow(beyond);
  expect(() =>
    standardize([
      [
        [1, 2],
        [3, 4],
      ],
      [
        [5, 6],
        [-1e39, 8],
      ],
    ]),
  ).toThrow(/got -1e\+39, more .*, in row 1/);
  expect(() => standardize([[1, 2]])).toThrow(ShapeError);
  expect(() => standardize(3)).toThrow(/shape \[n, \.\.\.event\] with n ≥ 2.*got shape \[\]/);
  expect(() => standardize(rows, { columns: ["a", "b"] })).toThrow(/events of shape \[3\]; got 2 names/);
  expect(() => standardize(rows, { columns: "abc" as unknown as string[] })).toThrow(
    /standardize: expected columns to be a list.*; got "abc"/,
  );
  expect(() => standardize(rows.map(([a, , c]) => [a, c])).inverse(tf.ones([1, 3]))).toThrow(ShapeError);
});
