import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { made } from "../../conditioners/made.ts";
import type { OrderOption } from "../../conditioners/order.ts";
import { standardNormal } from "../../distributions/normal.ts";
import { expectSameNumbers } from "../../engine/compile/same-numbers.fixture.ts";
import { engine, tf } from "../../engine/tf.ts";
import { flow } from "../../flows/flow.ts";
import { maf } from "../../flows/maf.ts";
import { random } from "../../random/random.ts";
import { affineTransformer } from "../../transformers/affine.ts";
import type { Bijection } from "../bijection.ts";
import { scatter } from "../contract/case.ts";
import { autoregressive } from "./autoregressive.ts";
import type { SolverOptions } from "./solver.ts";

const D = 7;
const transformer = affineTransformer();

beforeEach(() => tf.engine().startScope());
afterEach(() => tf.engine().endScope());

/** The same map of seven numbers, however it is solved. */
function mapOf(solver: SolverOptions, order: OrderOption = "natural", deviation = 0.5): Bijection {
  const conditioner = made({ inputs: D, parameters: 2, order, hidden: [16] });
  return scatter(autoregressive({ transformer, conditioner, ...solver }), deviation);
}

const numbers = (tensor: tf.Tensor) => Array.from(tensor.dataSync());
const noise = (count = 20) => random(3).normalTensor([count, D]);
const largest = (a: tf.Tensor, b: tf.Tensor) => tf.max(tf.abs(tf.sub(a, b))).dataSync()[0];

describe("Jacobi's iteration", () => {
  test.each([
    ["natural", 7],
    ["reverse", 7],
    [
      [
        [3, 0],
        [1, 2],
        [6, 5, 4],
      ],
      3,
    ],
  ] as [OrderOption, number][])(
    "in the order %j is exact after %i passes, and takes one more to measure that",
    (order, groups) => {
      const z = noise();
      const exact = mapOf({}, order).forward(z);
      // Nothing but an exact solution ends this one, and not even that, as z is rounded.
      const { value, logDet, solution } = mapOf({ solver: "jacobi", tolerance: 0 }, order).forward(z);
      expect(solution?.iterations).toBe(groups + 1);
      // The same formulas of the same numbers: sums of the network's products alone may be rounded otherwise.
      expect(largest(value, exact.value)).toBeLessThan(2e-6);
      expect(largest(logDet, exact.logDet)).toBeLessThan(2e-6);
    },
  );

  test("reports the residual of what it returns, and stops as soon as it is within the tolerance", () => {
    const z = noise();
    const passes = [1, 1e-1, 1e-2, 1e-3].map((tolerance) => {
      const map = mapOf({ solver: "jacobi", tolerance });
      const { value, solution } = map.forward(z);
      expect(solution?.residual).toBeLessThanOrEqual(tolerance);
      // Of the order of what was allowed, or it would have stopped before.
      expect(largest(map.inverse(value).value, z)).toBeCloseTo(solution?.residual ?? Number.NaN, 6);
      return solution?.iterations ?? Number.NaN;
    });
    expect(passes).toEqual(passes.toSorted((a, b) => a - b));
    expect(passes[0]).toBeLessThan(passes[3]);
    expect(passes[3]).toBeLessThanOrEqual(D + 1);
  });

  test("one pass shows that the identity has been met", () => {
    const identity = maf({ dimensions: D, layers: 2, hidden: [8], solver: "jacobi" });
    const z = noise();
    const { value, solution } = identity.forward(z);
    expect(numbers(value)).toEqual(numbers(z));
    expect(solution).toEqual({ iterations: 1, residual: 0, errorBound: Infinity });
  });

  test("comes to the right numbers where the iteration runs beyond float32 at first", () => {
    const conditioner = made({ inputs: D, parameters: 2, hidden: [] });
    const map = autoregressive({ transformer, conditioner, solver: "jacobi" });
    // x_i = z_i + 1e9·x_{i−1}: from x = z on, the errors of x_1 are a billion times as large in x_2, and so on.
    const weights = Array.from({ length: D }, (_, i) =>
      Array.from({ length: 2 * D }, (_, j) => Number(j === 2 * (i + 1)) * 1e9),
    );
    map.variables[0].assign(tf.tensor2d(weights));
    const { value, solution } = map.forward(tf.tensor2d([[1, -1e9, 0, 0, 0, 0, 0]]));
    expect(numbers(value)).toEqual([1, 0, 0, 0, 0, 0, 0]);
    expect(solution?.residual).toBe(0);
  });

  test("has the gradients of the sequential one, which is what it then is", () => {
    const [exact, map] = [mapOf({}), mapOf({ solver: "jacobi", tolerance: 1e-3 })].map((one) =>
      tf.grad((z: tf.Tensor) => {
        const { value, logDet } = one.forward(z);
        return tf.add(tf.sum(tf.square(value)), tf.sum(logDet));
      })(noise()),
    );
    expect(numbers(map)).toEqual(numbers(exact));
  });

  test("in a flow takes as many passes as each call's numbers ask for, as a graph too, and tells", () => {
    const options = { dimensions: D, layers: 2, hidden: [16], solver: "jacobi", tolerance: 1e-3 } as const;
    const model = flow(standardNormal([D]), scatter(maf(options)));
    const draw = (temperature: number) => {
      const { value, logProb, solution } = model.sampleWithLogProb(10, 4, undefined, { temperature });
      return { numbers: [numbers(value), numbers(logProb)], solution };
    };
    // Without noise, the same point ten times: other passes than for ten points.
    const eager = [draw(0), draw(1), draw(3)];
    expect(new Set(eager.map(({ solution }) => solution?.iterations)).size).toBeGreaterThan(1);
    for (let call = 0; call < 16; call++) draw(1);
    const compiled = [draw(0), draw(1), draw(3)];
    for (const [i, { numbers: own, solution }] of compiled.entries()) {
      expectSameNumbers(own, eager[i].numbers);
      expect(solution?.iterations).toBe(eager[i].solution?.iterations);
      expect(solution?.residual).toBeLessThanOrEqual(1e-3);
      // A residual is rounding of z and less than the tolerance: of XLA's roundings nothing else can be asked.
      if (!engine.xla) expect(solution).toEqual(eager[i].solution);
    }
    if (engine.backend !== "tensorflow") return;
    const before = tf.memory().numTensors;
    tf.dispose([model.sample(10, 4)]);
    expect(tf.memory().numTensors).toBe(before);
  });

  test("what makes no sense is refused by name", () => {
    const make = (solver: object) => () => mapOf(solver as SolverOptions);
    expect(make({ solver: "newton" })).toThrow(/autoregressive.*solver.*"newton"/);
    expect(make({ tolerance: 1e-3 })).toThrow(
      /no tolerance with the solver "sequential", which iterates to none/,
    );
    expect(make({ solver: "jacobi", tolerance: -1 })).toThrow(/tolerance ≥ 0; got -1/);
    expect(() => maf({ dimensions: 2, tolerance: Number.NaN, solver: "jacobi" })).toThrow(/tolerance/);
  });
});
