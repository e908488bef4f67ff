import { describe, expect, test } from "vitest";
import type { Bijection } from "../bijections/bijection.ts";
import { chain } from "../bijections/composition/chain.ts";
import { affine } from "../bijections/elementwise/affine.ts";
import { monotone } from "../bijections/elementwise/monotone.ts";
import { sigmoid } from "../bijections/elementwise/sigmoid.ts";
import { actNorm } from "../bijections/normalization/act-norm.ts";
import { batchNorm } from "../bijections/normalization/batch-norm.ts";
import { toyDensities } from "../data/toy/toy-densities.ts";
import { standardNormal } from "../distributions/normal.ts";
import { uniform } from "../distributions/uniform.ts";
import { needingActive } from "../engine/backends.fixture.ts";
import { countGraphs } from "../engine/compile/native.ts";
import { expectSameNumbers } from "../engine/compile/same-numbers.fixture.ts";
import { engine, tf } from "../engine/tf.ts";
import { ShapeError } from "../ground/errors.ts";
import { normalDensity } from "../ground/functions/normal-functions.ts";
import { random } from "../random/random.ts";
import { type Flow, flow } from "./flow.ts";

/** ∫ exp(log p) by the midpoint rule. */
function mass(logProb: (x: number[]) => tf.Tensor, low: number, high: number): number {
  const n = 20_000;
  const width = (high - low) / n;
  const midpoints = Array.from({ length: n }, (_, i) => low + (i + 0.5) * width);
  return tf
    .tidy(() => logProb(midpoints).dataSync() as Float32Array)
    .reduce((total, v) => total + Math.exp(v) * width, 0);
}

describe("a flow", () => {
  test("has the density of the textbook's formula", () => {
    const scaled = flow(standardNormal(), affine({ scale: -2, shift: 1 }));
    const x = [-3, 0, 1, 2.5];
    const expected = x.map((v) => Math.log(normalDensity((v - 1) / -2) / 2));
    expect(Array.from(scaled.logProb(x).dataSync())).toEqual(expected.map((v) => expect.closeTo(v, 5)));
  });

  test.each([
    ["normal", flow(standardNormal(), monotone()), -12, 12],
    ["uniform", flow(uniform(-1, 2), monotone()), -5, 5],
    ["squashed", flow(standardNormal(), chain([affine({ scale: 0.7 }), sigmoid()])), 0, 1],
  ] as const)("integrates to one: %s", (_name, one, low, high) => {
    // float32 gives each log-density to 1e-6, and the rule each integral to 1e-4 where the uniform has its edges.
    expect(Math.abs(mass((x) => one.logProb(x), low, high) - 1)).toBeLessThan(1e-3);
  });

  test("gives samples the log-density that it finds by inverting", () => {
    const one = flow(standardNormal([2]), monotone({ steps: 4 }));
    const { value, logProb, solution } = one.sampleWithLogProb(50, 3);
    expect([value.shape, logProb.shape]).toEqual([[50, 2], [50]]);
    expect(solution?.errorBound).toBeLessThan(1e-10);
    const found = one.logProb(value).dataSync();
    logProb.dataSync().forEach((v, i) => {
      // Two sums of two log-densities, each rounded to 1e-6.
      expect(Math.abs(v - found[i])).toBeLessThan(1e-5);
    });
  });

  test("samples the distribution it claims to be", () => {
    const one = flow(standardNormal(), affine({ scale: 3, shift: -1 }));
    const samples = Array.from(one.sample(4000, random(5)).dataSync());
    const mean = samples.reduce((total, x) => total + x, 0) / samples.length;
    // Standard error 3/√4000 = 0.047
    expect(Math.abs(mean + 1)).toBeLessThan(0.19);
    expect(Array.from(one.sample(4000, 5).dataSync())).toEqual(samples);
  });

  test("a call without a seed names what is missing, and how it looks", () => {
    const one = flow(standardNormal(), affine());
    const { sample, sampleWithLogProb } = one as unknown as Record<string, (count: number) => unknown>;
    for (const draw of [sample, sampleWithLogProb]) {
      expect(() => draw(3)).toThrow(/sample: needs a seed, e\.g\. sample\(3, 7\)/);
    }
    const base = one.base as unknown as { sample(count: number, seed?: unknown): unknown };
    expect(() => base.sample(3)).toThrow(/stream of random numbers.*sample\(3, random\(7\)\); got none/);
    expect(() => base.sample(3, 5)).toThrow(/sample\(3, random\(5\)\); got number/);
    const moons = toyDensities.twoMoons as unknown as typeof base;
    expect(() => moons.sample(3, "a")).toThrow(/sample\(3, random\("a"\)\); got string/);
  });

  test("outside of the base's support the density is 0", () => {
    const half = flow(uniform(0, 1), affine({ scale: 2 }));
    expect(Array.from(half.logProb([-0.1, 1, 2.1]).dataSync())).toEqual([
      -Infinity,
      expect.closeTo(Math.log(0.5), 5),
      -Infinity,
    ]);
  });

  test("leaves nothing but its results in memory", () => {
    const one = flow(standardNormal(), monotone());
    const before = tf.memory().numTensors;
    tf.dispose([one.logProb([1, 2]), one.sample(3, 1)]);
    const { value, logProb } = one.sampleWithLogProb(3, 1);
    tf.dispose([value, logProb]);
    expect(tf.memory().numTensors).toBe(before);
  });

  test("evaluates many events in chunks, with the same densities and the contexts that belong to them", () => {
    const shifted: Bijection = {
      ...affine(),
      inverse: (x, context) => {
        const shift = tf.reshape(tf.slice(context as tf.Tensor, [0, 0], [-1, 1]), [-1, 1]);
        return { value: tf.sub(x, shift), logDet: tf.mul(tf.zerosLike(x), shift) };
      },
    };
    let largest = 0;
    const watched: Bijection = {
      ...shifted,
      inverse: (x, context) => {
        largest = Math.max(largest, x.shape[0]);
        return shifted.inverse(x, context);
      },
    };
    const one = flow(standardNormal([2]), watched);
    const stream = random(1);
    const [x, context] = [stream.normalTensor([7, 2]), stream.normalTensor([7, 3])];
    const whole = Array.from(one.logProb(x, context).dataSync());
    expect(largest).toBe(7);
    largest = 0;
    for (const chunk of [1, 3, 7]) {
      expect(Array.from(one.logProb(x, context, { chunk }).dataSync())).toEqual(whole);
    }
    const plain = flow(standardNormal([2]), affine({ scale: 2 }));
    const grid = stream.normalTensor([5, 4, 2]);
    const inChunks = plain.logProb(grid, undefined, { chunk: 3 });
    expect(inChunks.shape).toEqual([5, 4]);
    expect(Array.from(inChunks.dataSync())).toEqual(Array.from(plain.logProb(grid).dataSync()));
    expect(() => plain.logProb(grid, undefined, { chunk: 0 })).toThrow(/chunk ≥ 1.*got 0/);
    // Without being asked: no more than 10,000 events, or 2¹⁷ numbers, at a time.
    flow(standardNormal([2]), { ...watched, inverse: (x) => affine().inverse(watch(x)) }).logProb(
      tf.zeros([20_000, 2]),
    );
    function watch(x: tf.Tensor) {
      largest = Math.max(largest, x.shape[0]);
      return x;
    }
    expect(largest).toBe(10_000);
  });

  test("a temperature moves samples towards the centre, with the flow's own densities there", () => {
    const one = flow(standardNormal(), affine({ scale: 3, shift: -1 }));
    const [warm, cool] = [1, 0.5].map((temperature) =>
      one.sampleWithLogProb(50, 4, undefined, { temperature }),
    );
    const distance = ({ value }: { value: tf.Tensor }) => Array.from(value.dataSync(), (v) => v + 1);
    expect(distance(cool)).toEqual(distance(warm).map((v) => expect.closeTo(v / 2, 5)));
    const densities = Array.from(one.logProb(cool.value).dataSync());
    expect(Array.from(cool.logProb.dataSync())).toEqual(densities.map((v) => expect.closeTo(v, 5)));
    expect(Array.from(one.sample(3, 4, undefined, { temperature: 0 }).dataSync())).toEqual([-1, -1, -1]);
    expect(() => one.sample(3, 4, undefined, { temperature: -1 })).toThrow(/temperature ≥ 0; got -1/);
  });

  test("is computed as a graph after many calls, if its bijection has a config, with the same numbers", () => {
    let calls = 0;
    const counted = (config: object): Bijection => {
      const inner = affine({ scale: 2, shift: 1 });
      const count = (map: Bijection["inverse"]): Bijection["inverse"] => {
        return (x, context) => {
          calls += 1;
          return map(x, context);
        };
      };
      const { config: _none, ...plain } = inner;
      return { ...plain, inverse: count(inner.inverse), forward: count(inner.forward), ...config };
    };
    const numbers = (one: Flow) => {
      const { value, logProb } = one.sampleWithLogProb(4, 5);
      return [value, logProb, one.logProb(value)].map((tensor) => Array.from(tensor.dataSync()));
    };
    const [compiled, eager] = [{ config: { type: "counted" } }, {}].map((config) => {
      const one = flow(standardNormal(), counted(config));
      const first = numbers(one);
      for (let i = 0; i < 30; i++) expectSameNumbers(numbers(one), first);
      // What training changes is seen by the graph.
      one.variables[1].assign(tf.scalar(-3));
      const moved = numbers(one);
      expect(moved).not.toEqual(first);
      const called = calls;
      calls = 0;
      return { called, moved };
    });
    expectSameNumbers(compiled.moved, eager.moved);
    expect(eager.called).toBe(64);
    expect(compiled.called).toBe(engine.backend === "tensorflow" ? 34 : 64);
  });

  test("as a graph it still refuses points where the map is not defined", () => {
    const one = flow(standardNormal(), sigmoid());
    for (let i = 0; i < 20; i++) tf.dispose(one.logProb([0.2, 0.7]));
    expect(() => one.logProb([0.2, 1.5])).toThrow(RangeError);
    const half = flow(uniform(0, 1), affine({ scale: 2 }));
    for (let i = 0; i < 20; i++) expect(half.logProb([1, 3]).dataSync()[1]).toBe(-Infinity);
  });

  test("has log-densities above 0 where the density is above 1, and still integrates to 1", () => {
    const narrow = flow(uniform(0, 1), affine({ scale: 0.1 }));
    expect(narrow.logProb([0.05]).dataSync()[0]).toBeCloseTo(Math.log(10), 5);
    expect(mass((x) => narrow.logProb(x), 0, 0.2)).toBeCloseTo(1, 3);
  });

  test("frees all that it keeps, once it is not needed any more", () => {
    const others = flow(standardNormal([2]), affine()).logProb([[0, 1]]);
    const before = tf.memory().numTensors;
    const bijection = chain([
      affine({ scale: [2, -3] }),
      actNorm({ dimensions: 2 }),
      batchNorm({ dimensions: 2 }),
    ]);
    const one = flow(standardNormal([2]), bijection);
    const sample = one.sample(3, 1);
    // As graphs, too.
    for (let i = 0; i < 20; i++) tf.dispose([one.logProb(sample), one.sample(3, 1)]);
    expect(tf.memory().numTensors).toBeGreaterThan(before + 1);
    one.dispose();
    one.dispose();
    expect(tf.memory().numTensors).toBe(before + 1);
    expect([...one.variables, ...one.state].every(({ isDisposed }) => isDisposed)).toBe(true);
    expect(sample.dataSync()).toHaveLength(6);
    for (const use of [
      () => one.logProb(sample),
      () => one.sample(1, 1),
      () => one.sampleWithLogProb(1, 1),
    ]) {
      expect(use).toThrow(/this flow has been disposed of/);
    }
    tf.dispose([sample, others]);
  });

  needingActive("tensorflow").test("frees the graphs of its directions, too", () => {
    const one = flow(standardNormal([2]), affine());
    const before = countGraphs();
    for (let i = 0; i < 20; i++) tf.dispose([one.logProb([[1, 2]]), one.sample(3, 1)]);
    expect(countGraphs()).toBe(before + 2);
    one.dispose();
    expect(countGraphs()).toBe(before);
  });

  test("refuses shapes that do not fit, naming them", () => {
    const plane: Bijection = { ...affine(), eventRank: 1 };
    expect(() => flow(standardNormal(), plane)).toThrow(ShapeError);
    expect(() => flow(standardNormal([2]), plane).logProb([[1, 2, 3]])).toThrow(/\[2\].*got shape \[1,3\]/);
    expect(() => uniform(1, 0)).toThrow(/low 1 and high 0/);
  });
});
