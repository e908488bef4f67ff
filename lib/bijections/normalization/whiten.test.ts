import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { standardNormal } from "../../distributions/normal.ts";
import { fastBackends } from "../../engine/backends.fixture.ts";
import { availableBackends, tf, useBackend } from "../../engine/tf.ts";
import { flow } from "../../flows/flow.ts";
import { realNVP } from "../../flows/real-nvp.ts";
import { ShapeError } from "../../ground/errors.ts";
import { SingularMatrixError } from "../../linear-algebra/singular-matrix.ts";
import { random } from "../../random/random.ts";
import { loadFlow, saveFlow } from "../../serialize/flow-file.ts";
import { fit } from "../../training/fit.ts";
import { chain } from "../composition/chain.ts";
import { logAbsDet } from "../contract/float64/matrix.ts";
import { whiten } from "./whiten.ts";

const SEED = Number(process.env.FLOWLAB_TEST_SEED ?? 20261128);

/** Income, year and a share, of so many people: columns of very different sizes that depend on each other. */
function people(count: number): number[][] {
  const stream = random(4);
  return Array.from({ length: count }, () => {
    const [a, b, c] = stream.normal(3);
    return [40_000 + 8000 * a + 6000 * c, 2000 + 5 * b + 4 * c, 0.5 + 0.1 * c].map(Math.fround);
  });
}

/** Mean and covariance (divided by n) in double precision. */
function moments(rows: readonly (readonly number[])[]) {
  const mean = rows[0].map((_, i) => rows.reduce((sum, row) => sum + row[i], 0) / rows.length);
  const covariance = mean.map((m, i) =>
    mean.map((other, j) => rows.reduce((sum, row) => sum + (row[i] - m) * (row[j] - other), 0) / rows.length),
  );
  return { mean, covariance };
}

const numbers = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

describe.each(fastBackends())("whitening on %s", (backend) => {
  beforeEach(() => void useBackend(backend));

  test("gives data mean 0 and the identity as covariance, and the log-determinant of theirs", () => {
    const data = people(2000);
    const { covariance } = moments(data);
    const { value, logDet } = whiten(data).inverse(tf.tensor2d(data));
    const white = moments(value.arraySync() as number[][]);
    // What rounding of years leaves, 1e-4 in 5, is the largest.
    white.mean.forEach((m) => void expect(Math.abs(m)).toBeLessThan(3e-5));
    white.covariance
      .flat()
      .forEach((v, i) => void expect(Math.abs(v - (i % 4 === 0 ? 1 : 0))).toBeLessThan(3e-5));
    expect(logDet.dataSync()[7]).toBeCloseTo(-0.5 * logAbsDet(covariance), 4);
  });

  test(`whitens any columns that do not depend on each other (seed ${SEED})`, () => {
    const number = fc.double({ min: -1, max: 1, noNaN: true });
    const mixing = fc.array(fc.array(number, { minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(mixing, fc.integer({ min: 4, max: 60 }), (matrix, count) => {
        const stream = random(count);
        const rows = Array.from({ length: count }, () => {
          const z = stream.normal(3);
          // The diagonal keeps it from being singular.
          return matrix.map((row, i) => Math.fround(row.reduce((sum, v, j) => sum + v * z[j], 2 * z[i])));
        });
        const back = whiten(rows).inverse(tf.tensor2d(rows)).value;
        const { covariance } = moments(back.arraySync() as number[][]);
        covariance
          .flat()
          .forEach((v, i) => void expect(Math.abs(v - (i % 4 === 0 ? 1 : 0))).toBeLessThan(1e-3));
      }),
      { numRuns: 30, seed: SEED },
    );
  });

  test("is saved with a flow, which then gives the same densities to the last bit", () => {
    const folder = mkdtempSync(join(tmpdir(), "flowlab-test-"));
    try {
      const data = people(200);
      const model = flow(
        standardNormal([3]),
        chain([realNVP({ dimensions: 3, layers: 2, hidden: [8] }), whiten(data)]),
      );
      saveFlow(model, join(folder, "flow"));
      const again = loadFlow(join(folder, "flow"));
      expect(numbers(again.logProb(data))).toEqual(numbers(model.logProb(data)));
      expect(numbers(again.sample(5, 1))).toEqual(numbers(model.sample(5, 1)));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("leaves no tensors behind but its own", () => {
    const data = tf.tensor2d(people(20));
    const before = tf.memory().numTensors;
    const map = whiten(data);
    expect(tf.memory().numTensors).toBe(before + map.variables.length + (map.state?.length ?? 0));
    const between = tf.memory().numTensors;
    expect(() => whiten(people(20).map(([a]) => [a, 2 * a]))).toThrow(SingularMatrixError);
    expect(tf.memory().numTensors).toBe(between);
  });
});

test("it is the normal distribution of greatest likelihood, and is trained on other data from there", async () => {
  useBackend(availableBackends()[0]);
  const data = people(3000);
  const model = flow(standardNormal([3]), whiten(data));
  const { covariance } = moments(data);
  const entropy = 1.5 * Math.log(2 * Math.PI * Math.E) + 0.5 * logAbsDet(covariance);
  const mean = numbers(model.logProb(data)).reduce((sum, v) => sum + v / 3000, 0);
  expect(-mean).toBeCloseTo(entropy, 3);
  // Incomes half as wide, years later.
  const other = data.map(([a, b, c]) => [0.5 * a, b + 5, c]);
  const best = entropy + Math.log(0.5);
  const { loss } = await fit(model, other, { steps: 400, batchSize: 3000, learningRate: 0.02 });
  expect(loss[0]).toBeGreaterThan(best + 0.5);
  expect(loss[loss.length - 1]).toBeLessThan(best + 0.02);
});

describe("data that cannot be whitened are refused", () => {
  const stream = random(3);
  const rows = Array.from({ length: 50 }, () => {
    const [a, b, c] = stream.normal(3);
    return [a, b, c, 2 * a - c + 7].map(Math.fround);
  });
  const columns = ["bread", "milk", "tea", "total"];

  test("with the columns that depend on each other, and without those that do not", () => {
    expect(() => whiten(rows, { columns })).toThrow(
      /column "total" is in all 50 events a sum of column "bread" and column "tea", each.*singular.*leave one/,
    );
    expect(() => whiten(rows.map(([a, b]) => [b, a, 1e6 + 3 * a]))).toThrow(
      /column 2 \(of 0 to 2\) is in all 50 events a sum of column 1 \(of 0 to 2\), each/,
    );
    expect(() => whiten(rows, { columns })).toThrow(SingularMatrixError);
  });

  test("but not columns that lie so far from 0 that float32 rounds their deviations, too", () => {
    const noise = random(8);
    const far = Array.from({ length: 300 }, () => {
      const [a, b, c] = noise.normal(3);
      return [1e7 + 2 * a, 1e7 + 2 * a + 2 * b, 1e6 + c];
    });
    const white = whiten(far).inverse(tf.tensor2d(far)).value.dataSync();
    const column = (i: number) => {
      const own = far.map((_, row) => white[3 * row + i]);
      const mean = own.reduce((sum, v) => sum + v, 0) / own.length;
      return own.map((v) => v - mean);
    };
    const columns = [0, 1, 2].map(column);
    const covariances = columns.map((a) =>
      columns.map((b) => a.reduce((sum, v, row) => sum + v * b[row], 0) / far.length),
    );
    expect(covariances.flat()).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1].map((v) => expect.closeTo(v, 4)));
  });

  test("but not what differs by more than rounding", () => {
    const nearly = rows.map(([a, b, c], i) => [a, b, c, 2 * a - c + 7 + 1e-4 * ((i * 7) % 5)]);
    expect(() => whiten(nearly)).not.toThrow();
  });

  test("with what is wrong else", () => {
    expect(() => whiten(rows.slice(0, 4))).toThrow(/n > D.*got shape \[4,4\]/);
    expect(() => whiten([1, 2, 3])).toThrow(ShapeError);
    expect(() => whiten(rows.map(([a]) => [a, 5]))).toThrow(
      /^whiten: .*column 1 \(of 0 to 1\) is 5 in all 50 events/,
    );
    expect(() => whiten(rows.with(3, [0, Number.NaN, 0, 0]), { columns })).toThrow(
      /NaN in row 3, column "milk"/,
    );
    expect(() => whiten(rows, { columns: ["a"] })).toThrow(/got 1 names/);
  });
});
