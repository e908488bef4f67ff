import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { gradientByDifferences } from "../engine/differences.ts";
import { availableBackends, tf, useBackend } from "../engine/tf.ts";
import { random } from "../random/random.ts";
import { affine } from "./affine.ts";
import type { Bijection } from "./bijection.ts";
import { chain } from "./chain.ts";
import { invert } from "./invert.ts";
import { leakyRelu } from "./leaky-relu.ts";
import { monotone } from "./monotone.ts";
import { logit, sigmoid } from "./sigmoid.ts";

/** A map of one variable and its inverse in double precision, written down a second time. */
interface Reference {
  forward(z: number): number;
  inverse(x: number): number;
}

/** A bijection under test. To add one, add a line to BIJECTIONS below. */
interface Case {
  create(): Bijection;
  /** The same map for given parameters: one array for each of the bijection's variables. */
  reference(parameters: number[][]): Reference;
  /** Base points away from kinks. */
  z: number[];
  /** Inputs at the ends of the domains, or ±1e4 where that is the real line. */
  extremeZ: number[];
  extremeX: number[];
}

const LINE = [-2.3, -1.1, -0.4, 0.3, 0.9, 2.1];
const FAR = [-1e4, 0, 1e4];
const softplus = (v: number) => Math.log1p(Math.exp(v));
const sigma = (z: number) => 1 / (1 + Math.exp(-z));
const toLogit = (x: number) => Math.log(x / (1 - x));

const BIJECTIONS: Record<string, Case> = {
  affine: {
    create: () => affine({ scale: -1.7, shift: 0.6 }),
    reference: ([[logScale], [shift]]) => ({
      forward: (z) => -Math.exp(logScale) * z + shift,
      inverse: (x) => (x - shift) / -Math.exp(logScale),
    }),
    z: LINE,
    extremeZ: FAR,
    extremeX: FAR,
  },
  "leaky ReLU": {
    create: () => leakyRelu(0.2),
    reference: () => bent(0.2),
    z: LINE,
    extremeZ: FAR,
    extremeX: FAR,
  },
  sigmoid: {
    create: sigmoid,
    reference: () => ({ forward: sigma, inverse: toLogit }),
    z: LINE,
    extremeZ: [-1e4, -104, -17, 0, 17, 104, 1e4],
    extremeX: [0, 1e-38, 0.5, 1 - 2 ** -24, 1],
  },
  logit: {
    create: logit,
    reference: () => ({ forward: toLogit, inverse: sigma }),
    z: LINE.map(sigma),
    extremeZ: [0, 1e-38, 0.5, 1 - 2 ** -24, 1],
    extremeX: [-1e4, -104, -17, 0, 17, 104, 1e4],
  },
  monotone: { create: steep, reference: steps, z: LINE, extremeZ: FAR, extremeX: FAR },
  "inverted monotone": {
    create: () => invert(steep()),
    reference: (parameters) => {
      const { forward, inverse } = steps(parameters);
      return { forward: inverse, inverse: forward };
    },
    z: LINE,
    extremeZ: FAR,
    extremeX: FAR,
  },
  chain: {
    create: () =>
      chain([affine({ scale: 0.8, shift: -0.3 }), leakyRelu(0.5), affine({ scale: 1.5 }), sigmoid()]),
    reference: ([[logScale1], [shift1], [logScale2], [shift2]]) => {
      const bend = bent(0.5);
      return {
        forward: (z) => sigma(Math.exp(logScale2) * bend.forward(Math.exp(logScale1) * z + shift1) + shift2),
        inverse: (x) =>
          (bend.inverse((toLogit(x) - shift2) / Math.exp(logScale2)) - shift1) / Math.exp(logScale1),
      };
    },
    z: LINE,
    extremeZ: FAR,
    extremeX: [0, 0.5, 1],
  },
};

function bent(slope: number): Reference {
  return { forward: (z) => (z < 0 ? slope * z : z), inverse: (x) => (x < 0 ? x / slope : x) };
}

/** A monotone map far from the identity, with steps of very different height and width. */
function steep(): Bijection {
  const map = monotone({ steps: 5, interval: [-2, 2] });
  const noise = random(21);
  for (const variable of map.variables) {
    tf.tidy(() => variable.assign(tf.add(variable, noise.normalTensor(variable.shape, 0, 0.8))));
  }
  return map;
}

function steps([[slope], [offset], heights, centres, widths]: number[][]): Reference {
  const inverse = (x: number) =>
    softplus(slope) * x +
    offset +
    heights.reduce(
      (total, height, k) => total + softplus(height) * Math.tanh((x - centres[k]) / softplus(widths[k])),
      0,
    );
  return { inverse, forward: (z) => bisected(inverse, z) };
}

function bisected(increasing: (x: number) => number, target: number): number {
  let [low, high] = [-1e6, 1e6];
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (increasing(middle) < target) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * A map takes some ten operations, each rounded to 6e-8 of numbers of size 1 to 10: 1e-5 absolute or relative, the
 * accuracy that the library promises, leaves a factor of ten.
 */
function expectClose(actual: ArrayLike<number>, expected: number[], tolerance = 1e-5): void {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, i) => {
    const message = `entry ${i}: got ${actual[i]}, expected ${value}`;
    expect(Math.abs(actual[i] - value), message).toBeLessThanOrEqual(
      tolerance * Math.max(1, Math.abs(value)),
    );
  });
}

function logSlope(f: (x: number) => number, x: number): number {
  return Math.log(Math.abs(gradientByDifferences(([v]) => f(v), [x])[0]));
}

const DIRECTIONS = ["forward", "inverse"] as const;
const CASES = Object.entries(BIJECTIONS);

describe.each(availableBackends())("on %s", (backend) => {
  describe.each(CASES)("%s", (_name, { create, reference, z, extremeZ, extremeX }) => {
    let bijection: Bijection;
    let map: Reference;
    let inputs: Record<(typeof DIRECTIONS)[number], number[]>;

    beforeAll(() => useBackend(backend));
    beforeEach(() => {
      tf.engine().startScope();
      bijection = create();
      map = reference(parametersOf(bijection));
      inputs = { forward: z, inverse: z.map(map.forward) };
    });
    afterEach(() => {
      tf.dispose(bijection.variables as tf.Variable[]);
      tf.engine().endScope();
    });

    test.each(DIRECTIONS)("%s gives the value and log-determinant of the formula", (direction) => {
      const { value, logDet } = bijection[direction](tf.tensor1d(inputs[direction]));
      expectClose(value.dataSync(), inputs[direction].map(map[direction]));
      expectClose(
        logDet.dataSync(),
        inputs[direction].map((v) => logSlope(map[direction], v)),
      );
    });

    test("the directions undo each other, and their log-determinants add up to 0", () => {
      const there = bijection.forward(tf.tensor1d(z));
      const back = bijection.inverse(there.value);
      expectClose(back.value.dataSync(), z);
      expectClose(
        tf.add(there.logDet, back.logDet).dataSync(),
        z.map(() => 0),
      );
    });

    test.each(DIRECTIONS)(
      "%s keeps shapes: a number, none, one and many elements, more axes",
      (direction) => {
        for (const shape of [[], [0], [1], [5], [2, 3], [2, 1, 3]]) {
          const input = tf.fill(shape, inputs[direction][3]);
          const { value, logDet } = bijection[direction](input);
          expect([value.shape, logDet.shape, value.dtype]).toEqual([shape, shape, "float32"]);
        }
      },
    );

    test.each(DIRECTIONS)("%s is differentiable in its input and its variables", (direction) => {
      const points = inputs[direction];
      const weights = points.map((_, i) => Math.cos(i + 1));
      const loss = (input: tf.Tensor) => {
        const { value, logDet } = bijection[direction](input);
        return tf.sum(tf.mul(tf.add(value, tf.mul(logDet, 0.5)), weights)) as tf.Scalar;
      };
      const exact = (f: Reference) => (x: number[]) =>
        x.reduce(
          (total, v, i) => total + weights[i] * (f[direction](v) + 0.5 * logSlope(f[direction], v)),
          0,
        );
      // The derivative of a log-slope is a second derivative: its terms are larger, and the rounding with them.
      const tolerance = 1e-4;
      expectClose(
        tf.grad(loss)(tf.tensor1d(points)).dataSync(),
        gradientByDifferences(exact(map), points),
        tolerance,
      );
      if (bijection.variables.length === 0) return;
      const { grads } = tf.variableGrads(
        () => loss(tf.tensor1d(points)),
        bijection.variables as tf.Variable[],
      );
      const parameters = parametersOf(bijection);
      bijection.variables.forEach((variable, i) => {
        const f = (values: number[]) => exact(reference(parameters.with(i, values)))(points);
        expectClose(grads[variable.name].dataSync(), gradientByDifferences(f, parameters[i]), tolerance);
      });
    });

    test("the ends of the domains give finite numbers", () => {
      for (const { value, logDet } of [
        bijection.forward(tf.tensor1d(extremeZ)),
        bijection.inverse(tf.tensor1d(extremeX)),
      ]) {
        expect(Array.from(value.dataSync()).filter((v) => !Number.isFinite(v))).toEqual([]);
        expect(Array.from(logDet.dataSync()).filter((v) => !Number.isFinite(v))).toEqual([]);
      }
    });

    test.each(DIRECTIONS)("%s leaves its result behind and nothing else", (direction) => {
      const input = tf.tensor1d(inputs[direction]);
      const before = tf.memory().numTensors;
      tf.dispose({ ...bijection[direction](input), solution: [] });
      expect(tf.memory().numTensors).toBe(before);
    });

    test("an iterative direction reports how well it did", () => {
      for (const direction of DIRECTIONS) {
        const kind = direction === "forward" ? (bijection.forwardKind ?? "analytic") : bijection.inverseKind;
        const { solution } = bijection[direction](tf.tensor1d(inputs[direction]));
        if (kind !== "iterative") {
          expect(solution).toBeUndefined();
          continue;
        }
        expect(solution?.iterations).toBeGreaterThan(1);
        expect(solution?.errorBound).toBeLessThan(1e-10);
        expect(solution?.residual).toBeLessThan(1e-10);
      }
    });
  });
});

function parametersOf(bijection: Bijection): number[][] {
  return bijection.variables.map((variable) => Array.from(variable.dataSync()));
}
