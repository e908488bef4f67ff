import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Contraction } from "../../conditioners/contraction/contraction.ts";
import { contractiveMlp } from "../../conditioners/contraction/contractive-mlp.ts";
import { needingBackend } from "../../engine/backends.fixture.ts";
import { compile } from "../../engine/compile/compile.ts";
import { expectSameNumbers } from "../../engine/compile/same-numbers.fixture.ts";
import { engine, tf } from "../../engine/tf.ts";
import { random } from "../../random/random.ts";
import { residual } from "./residual.ts";

beforeEach(() => tf.engine().startScope());
afterEach(() => tf.engine().endScope());

/** f of one number with its slope; a plain object of one's own. */
function scalar(
  value: (z: tf.Tensor) => tf.Tensor,
  slope: (z: tf.Tensor) => tf.Tensor,
  bound: number,
): Contraction {
  return {
    event: [1],
    variables: [],
    state: [],
    scale: () => ({ numbers: [], state: [] }),
    bound: () => tf.scalar(bound),
    linearize: (_, z) => {
      const times = (v: tf.Tensor) => tf.mul(v, slope(z));
      return { value: value(z), push: times, pull: times };
    },
  };
}

const line = (a: number) =>
  scalar(
    (z) => tf.mul(z, a),
    (z) => tf.fill(z.shape, a),
    Math.abs(a),
  );

describe("the inverse of z + f(z)", () => {
  // z = x/(1 + a).
  test.each([0.3, -0.3, 0.6, 0.9, -0.9, -0.97])("of f(z) = %d·z is as near as it is said to be", (a) => {
    // At a = −0.97, z is 33 times as large as x, and a change of 3e-6 its rounding.
    const tolerance = a < -0.95 ? 1e-3 : 1e-4;
    const block = residual({ network: line(a), tolerance });
    const x = [0.25, -1, 0.7];
    const { value, logDet, solution } = block.inverse(tf.tensor2d(x, [3, 1]));
    const errors = Array.from(value.dataSync(), (z, i) => Math.abs(z - x[i] / (1 + a)));
    const [error, bound] = [Math.max(...errors), solution?.errorBound ?? Infinity];
    expect(bound).toBeLessThanOrEqual(tolerance * (1 + 1e-3));
    // Rounding of 6e-8 in f, and in x − f, is stretched by 1/(1 − |a|).
    const rounding = (1.2e-7 * Math.max(1, ...value.dataSync().map(Math.abs))) / (1 - Math.abs(a));
    expect(error).toBeLessThanOrEqual(bound + rounding);
    expect(bound).toBeCloseTo(((solution?.residual ?? 0) * Math.abs(a)) / (1 - Math.abs(a)), 8);
    expect(solution?.residual).toBeLessThanOrEqual((tolerance * (1 - Math.abs(a)) * 1.001) / Math.abs(a));
    for (const one of logDet.dataSync()) expect(one).toBeCloseTo(-Math.log(1 + a), 5);
  });

  /** How many plain iterations could be needed: |Δ_n| ≤ Lⁿ·|Δ_0| ≤ ε(1 − L)/L. */
  const byBanach = (bound: number, first: number, tolerance: number) =>
    Math.log((tolerance * (1 - bound)) / bound / first) / Math.log(bound);

  test("of a line takes a few steps, however near its slope is to 1", () => {
    for (const a of [0.3, 0.6, 0.9, 0.97]) {
      const { solution } = residual({ network: line(-a), tolerance: 1e-4 }).inverse(tf.tensor2d([[1]]));
      expect(solution?.iterations).toBeLessThanOrEqual(4);
    }
    expect(byBanach(0.97, 0.97, 1e-4)).toBeGreaterThan(400);
  });

  test("where the slope changes its sign at every step, is found by no more than twice Banach's count", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.2, max: 0.97, noNaN: true }),
        fc.double({ min: 0.5, max: 60, noNaN: true }),
        fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: 1, maxLength: 20 }),
        (a, k, numbers) => {
          const x = numbers.map(Math.fround);
          const wave = scalar(
            (z) => tf.mul(tf.sin(tf.mul(z, k)), a / k),
            (z) => tf.mul(tf.cos(tf.mul(z, k)), a),
            a,
          );
          const block = residual({ network: wave, tolerance: 1e-4 });
          const { value, solution } = block.inverse(tf.tensor2d(x, [x.length, 1]));
          const first = Math.max(1e-6, ...x.map((one) => Math.abs((a / k) * Math.sin(k * one))));
          expect(solution?.iterations).toBeLessThanOrEqual(Math.max(0, 2 * byBanach(a, first, 1e-4)) + 4);
          // z + f(z) rises by 1 − a at least: halved 60 times.
          const exact = x.map((one) => {
            let [low, high] = [one - 1, one + 1].map((end, i) => end + (i === 0 ? -1 : 1) * (a / k));
            for (let i = 0; i < 60; i++) {
              const middle = (low + high) / 2;
              if (middle + (a / k) * Math.sin(k * middle) < one) low = middle;
              else high = middle;
            }
            return low;
          });
          // float32's sine of k·z is off by the rounding of k·z, divided by k again.
          const rounding = 1e-6 / (1 - a);
          value.dataSync().forEach((z, i) => {
            expect(Math.abs(z - exact[i])).toBeLessThan((solution?.errorBound ?? 0) + rounding);
          });
          expect(solution?.errorBound).toBeLessThan(4e-4 + 35 * rounding);
        },
      ),
      { seed: 20261129, numRuns: 60 },
    );
  });

  test("a slope below 1 everywhere is no contraction: nothing is proven, and the iteration ends", () => {
    // z ← x − f(z) with f(z) = −√(1 + z²) has no fixed point at x = 0.
    const root = (z: tf.Tensor) => tf.sqrt(tf.add(1, tf.square(z)));
    const network = scalar(
      (z) => tf.neg(root(z)),
      (z) => tf.neg(tf.div(z, root(z))),
      1,
    );
    const { value, solution } = residual({ network, logDet: { terms: 1 } }).inverse(tf.tensor2d([[0]]));
    expect(solution).toMatchObject({ iterations: 1000, errorBound: Infinity });
    // z_n = √n.
    expect(value.dataSync()[0]).toBeCloseTo(Math.sqrt(1001), 3);
  });

  test("ends at rounding, and not only after as many iterations as the proven constant could need", () => {
    const network = contractiveMlp({ dimensions: 4, hidden: [32, 32], lipschitz: 0.97, seed: 2 });
    const noise = random("wide");
    for (const one of network.variables)
      if (one.rank === 2) tf.tidy(() => one.assign(noise.normalTensor(one.shape, 0, 3)));
    for (let i = 0; i < 30; i++)
      network.scale(true).state.forEach((one, k) => void (network.state[k] as tf.Variable).assign(one));
    const block = residual({ network, tolerance: 1e-6, logDet: { terms: 2 } });
    const x = noise.normalTensor([200, 4]);
    const { value, solution } = block.inverse(x);
    // Here f contracts by about 0.5. For a change of 3e-8, which float32 cannot tell, 0.97 could need 500 iterations.
    expect(solution?.iterations).toBeLessThan(80);
    expect(solution?.residual).toBeLessThan(5e-7);
    expect(tf.max(tf.abs(tf.sub(block.forward(value).value, x))).dataSync()[0]).toBeLessThan(5e-7);
    // L/(1 − L) = 34 times the last change.
    expect(solution?.errorBound).toBeGreaterThan(1e-6);
    expect(solution?.errorBound).toBeLessThan(34 * 5e-7);
  });

  test("a tolerance below what float32 can tell ends, too, with the bound that it has reached", () => {
    const { solution } = residual({ network: line(-0.9), tolerance: 1e-9 }).inverse(tf.tensor2d([[0.7]]));
    expect(solution?.iterations).toBeLessThan(230);
    expect(solution?.errorBound).toBeLessThan(1e-5);
  });
});

needingBackend("tensorflow").test(
  "a graph solves in one loop, with the same bits, as often as its numbers ask for",
  () => {
    const network = contractiveMlp({ dimensions: 3, hidden: [8] });
    const block = residual({ network, tolerance: 1e-6 });
    const solve = (x: tf.Tensor) => {
      const { value, logDet, solving } = block.inverse(x);
      // The gradient's own equation is another loop.
      const slope = tf.grad((at: tf.Tensor) => tf.sum(tf.square(block.inverse(at).value)))(x);
      return [value, logDet, slope, ...(solving ? [solving] : [])];
    };
    const compiled = compile(solve);
    compiled(tf.zeros([4, 3]));
    for (const scale of [1, 20]) {
      const x = tf.mul(random(1).normalTensor([4, 3]), scale);
      const [value, logDet, slope, solving] = compiled(x).map((one) => Array.from(one.dataSync()));
      const eager = solve(x).map((one) => Array.from(one.dataSync()));
      expectSameNumbers([value, logDet, slope], eager);
      const { solution } = block.inverse(x);
      expect(solving[0]).toBe(solution?.iterations);
      // What is left at the end is rounding, which is another one with XLA.
      if (engine.xla) expect(solving[1]).toBeLessThan(1e-6 * scale);
      else expect(solving[1]).toBe(solution?.residual);
    }
    expect(compiled.info().mode).toBe("graph");
    compiled.dispose();
  },
);

test("options that make no sense are refused", () => {
  expect(() => residual({ network: line(0.5), tolerance: 0 })).toThrow(/0 < tolerance < 1; got 0/);
  expect(() => residual({ network: {} as Contraction })).toThrow(/Lipschitz constant below 1/);
  expect(() => residual({ network: line(0.5), closed: "back" as "forward" })).toThrow(/closed/);
});
