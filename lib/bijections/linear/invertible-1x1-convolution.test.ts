import { describe, expect, test } from "vitest";
import { standardNormal } from "../../distributions/normal.ts";
import { everyBackend } from "../../engine/backends.fixture.ts";
import { tf, useBackend } from "../../engine/tf.ts";
import { flow } from "../../flows/flow.ts";
import { randomOrthogonal } from "../../linear-algebra/random-orthogonal.ts";
import { SingularMatrixError } from "../../linear-algebra/singular-matrix.ts";
import { random } from "../../random/random.ts";
import { invertible1x1Convolution } from "./invertible-1x1-convolution.ts";

describe("a random orthogonal matrix", () => {
  test("has orthonormal rows, to double precision", () => {
    const n = 12;
    const q = randomOrthogonal(n, random(5));
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let product = 0;
        for (let k = 0; k < n; k++) product += q[i * n + k] * q[j * n + k];
        expect(Math.abs(product - (i === j ? 1 : 0))).toBeLessThan(1e-14);
      }
    }
  });

  test("points everywhere alike: its first row has mean 0 and mean square 1/n", () => {
    const [n, count] = [3, 3000];
    const stream = random(6);
    const [sum, squares] = [new Float64Array(n), new Float64Array(n)];
    for (let i = 0; i < count; i++) {
      const q = randomOrthogonal(n, stream);
      for (let k = 0; k < n; k++) {
        sum[k] += q[k] / count;
        squares[k] += q[k] ** 2 / count;
      }
    }
    // Deviations 0.0105 and 0.0054 of the means.
    for (const v of sum) expect(Math.abs(v)).toBeLessThan(0.045);
    for (const v of squares) expect(Math.abs(v - 1 / 3)).toBeLessThan(0.022);
  });
});

describe("invertible 1×1 convolution", () => {
  test("both forms start as the same rotation: lengths stay, the log-determinant is 0", () => {
    const x = random(1).normalTensor([2, 3, 4, 8]);
    const [full, plu] = (["full", "plu"] as const).map((form) =>
      invertible1x1Convolution({ channels: 8, form, seed: 7 }).inverse(x),
    );
    const values = full.value.dataSync();
    plu.value.dataSync().forEach((v, i) => void expect(Math.abs(v - values[i])).toBeLessThan(1e-5));
    const lengths = (t: tf.Tensor) => Array.from(tf.norm(t, "euclidean", -1).dataSync());
    lengths(full.value).forEach((v, i) => void expect(v).toBeCloseTo(lengths(x)[i], 4));
    for (const { logDet } of [full, plu]) {
      expect(logDet.shape).toEqual([2, 3, 4]);
      for (const v of logDet.dataSync()) expect(Math.abs(v)).toBeLessThan(1e-5);
    }
  });

  test("the PLU form keeps what does not change in its state, so that other seeds can load it", () => {
    const saved = invertible1x1Convolution({ channels: 5, seed: 1 });
    const loaded = invertible1x1Convolution({ channels: 5, seed: 2 });
    const x = random(3).normalTensor([4, 5]);
    const copy = (from: readonly tf.Variable[] = [], to: readonly tf.Variable[] = []) =>
      to.forEach((v, i) => void v.assign(from[i]));
    copy(saved.variables, loaded.variables);
    copy(saved.state, loaded.state);
    expect(Array.from(loaded.inverse(x).value.dataSync())).toEqual(
      Array.from(saved.inverse(x).value.dataSync()),
    );
  });

  test.each(everyBackend())("a singular W is an error on %s where W⁻¹ is needed", (backend) => {
    useBackend(backend);
    const map = invertible1x1Convolution({ channels: 2, form: "full" });
    const model = flow(standardNormal([2]), map);
    const good = tf.clone(map.variables[0]);
    const spoil = (...numbers: number[]) => void map.variables[0].assign(tf.tensor2d(numbers, [2, 2]));
    const before = tf.memory().numTensors;
    // Before and after the sampler has become a graph.
    for (const calls of [1, 20]) {
      map.variables[0].assign(good);
      for (let i = 0; i < calls; i++) model.sample(3, i).dispose();
      for (const numbers of [
        [1, 1, 1, 1],
        [0, 0, 0, 0],
        [1, Number.NaN, 0, 1],
        [Infinity, 1, 1, 2],
      ]) {
        tf.tidy(() => spoil(...numbers));
        const sample = () => model.sample(3, 7);
        expect(sample).toThrow(SingularMatrixError);
        expect(sample).toThrow(
          /^invertible1x1Convolution, W: expected an invertible matrix; got one of shape \[2,2\] .* the form "plu"/,
        );
      }
      expect(tf.memory().numTensors).toBe(before);
    }
    tf.tidy(() => spoil(1, 1, 1, 1));
    expect(Array.from(model.logProb([[1, 2]]).dataSync())).toEqual([-Infinity]);
    map.variables[0].assign(good);
    expect(model.sample(3, 7).shape).toEqual([3, 2]);
  });

  test("a map of another number of channels is refused", () => {
    const map = invertible1x1Convolution({ channels: 5 });
    expect(() => map.forward(tf.zeros([2, 4]))).toThrow(/expected events of shape \[5\].*\[2,4\]/);
    expect(() => invertible1x1Convolution({ channels: 1.5 })).toThrow(/got 1.5/);
  });
});

test("more channels than a rotation can be drawn for in some seconds are refused, with the remedy", () => {
  const before = process.cpuUsage().user;
  expect(() => invertible1x1Convolution({ channels: 1025, form: "full" })).toThrow(
    /at most 1024 channels; got 1025, .*plu\(\{ dimensions \}\)/,
  );
  expect((process.cpuUsage().user - before) / 1e6).toBeLessThan(1);
});
