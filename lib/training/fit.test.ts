import { describe, expect, test } from "vitest";
import type { Bijection } from "../bijections/bijection.ts";
import { chain } from "../bijections/composition/chain.ts";
import { affine } from "../bijections/elementwise/affine.ts";
import { leakyRelu } from "../bijections/elementwise/leaky-relu.ts";
import { monotone } from "../bijections/elementwise/monotone.ts";
import { standardNormal } from "../distributions/normal.ts";
import { fastBackends } from "../engine/backends.fixture.ts";
import { tf, useBackend } from "../engine/tf.ts";
import { flow } from "../flows/flow.ts";
import { normalDensity } from "../ground/functions/normal-functions.ts";
import { random } from "../random/random.ts";
import { fit } from "./fit.ts";
import { adamNumbers, adamStep } from "./step/adam.ts";
import { NonFiniteLossError } from "./step/fault.ts";

const MIXTURE = [
  { weight: 0.4, mean: -1.6, deviation: 0.5 },
  { weight: 0.6, mean: 1.2, deviation: 0.7 },
];

function density(x: number): number {
  return MIXTURE.reduce((total, { weight, mean, deviation }) => {
    return total + (weight * normalDensity((x - mean) / deviation)) / deviation;
  }, 0);
}

function draw(count: number, seed: number): number[] {
  const stream = random(seed);
  const z = stream.normal(count);
  return stream.uniform(count).map((u, i) => {
    const { mean, deviation } = MIXTURE[u < MIXTURE[0].weight ? 0 : 1];
    return mean + deviation * z[i];
  });
}

/** Midpoints of [−8, 8] and their distance; the mixture has less than 1e-15 outside. */
const WIDTH = 1e-3;
const GRID = Array.from({ length: 16_000 }, (_, i) => -8 + (i + 0.5) * WIDTH);

function bimodal() {
  return flow(standardNormal(), monotone());
}

describe.each(fastBackends())("fit on %s", (backend) => {
  test("learns a mixture of two normals: few nats above its entropy, and a density of mass 1", async () => {
    useBackend(backend);
    const model = bimodal();
    await fit(model, draw(5000, 1), { seed: 3, learningRate: 0.05 });
    const logDensity = tf.tidy(() => Array.from(model.logProb(GRID).dataSync()));
    const mass = logDensity.reduce((total, v) => total + Math.exp(v) * WIDTH, 0);
    expect(Math.abs(mass - 1)).toBeLessThan(1e-3);
    // Both by quadrature, so that no sampling error enters: the gap is the divergence KL(mixture ‖ flow) ≥ 0.
    const gap = GRID.reduce(
      (total, x, i) => total + density(x) * (Math.log(density(x)) - logDensity[i]) * WIDTH,
      0,
    );
    // 0.005 is reached; 5000 events with some 20 effective parameters alone cost about 20/(2·5000) = 0.002.
    expect(gap).toBeGreaterThan(0);
    expect(gap).toBeLessThan(0.015);
  });

  test("the same seed gives the same losses to the last bit, another seed others", async () => {
    useBackend(backend);
    const losses = async (seed: number) => (await fit(bimodal(), draw(500, 1), { steps: 20, seed })).loss;
    const first = await losses(1);
    expect(await losses(1)).toEqual(first);
    expect(await losses(2)).not.toEqual(first);
  });

  test("leaves no tensor behind in 1000 steps, nor after an error", async () => {
    useBackend(backend);
    const model = flow(standardNormal(), monotone({ steps: 2 }));
    const data = draw(100, 1);
    const before = tf.memory().numTensors;
    await fit(model, data, { steps: 1000, batchSize: 16, validation: data });
    expect(tf.memory().numTensors).toBe(before);
    await expect(fit(model, [...data, Number.NaN], { steps: 10, batchSize: 101 })).rejects.toThrow();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe("fit", () => {
  test("reports progress, the losses of each step and of held-out data", async () => {
    const seen: number[] = [];
    const { loss, validation, outcome, seconds } = await fit(bimodal(), draw(300, 1), {
      steps: 40,
      validation: draw(200, 2),
      onProgress: ({ step, steps, seconds }) => {
        seen.push(step);
        expect(steps).toBe(40);
        expect(seconds).toBeGreaterThan(0);
      },
    });
    expect([seen[0], seen.at(-1)]).toEqual([1, 40]);
    expect(loss).toHaveLength(40);
    expect(validation.map(({ step }) => step)).toEqual(Array.from({ length: 20 }, (_, i) => 2 * (i + 1)));
    expect(validation[19].loss).toBeLessThan(validation[0].loss);
    expect(outcome).toBe("finished");
    expect(seconds).toBeGreaterThan(0);
  });

  test("lets other work run meanwhile, and stops where its signal is aborted", async () => {
    const controller = new AbortController();
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
      if (turns === 3) controller.abort();
    }, 5);
    const history = await fit(bimodal(), draw(300, 1), { steps: 1e6, signal: controller.signal });
    clearInterval(timer);
    expect(history.outcome).toBe("aborted");
    expect(history.loss.length).toBeGreaterThan(0);
    expect(history.loss.length).toBeLessThan(1e6);
  });

  test("a loss that is not finite names the step, the layer and the remedy", async () => {
    const broken: Bijection = {
      ...leakyRelu(),
      name: "root",
      inverse: (x) => ({ value: tf.sqrt(x), logDet: tf.zerosLike(x) }),
    };
    const model = flow(standardNormal(), chain([affine(), broken, affine({ shift: 4 })]));
    const failure = fit(model, draw(50, 1), { steps: 5 });
    await expect(failure).rejects.toThrow(NonFiniteLossError);
    await expect(failure).rejects.toThrow(
      /NaN at step 1: the inverse of layer 2 of 3 \(root\).*smaller learningRate/,
    );
    await expect(fit(bimodal(), [1, Number.NaN])).rejects.toThrow(/the data contain/);
    const spoilt = affine();
    spoilt.variables[0].assign(tf.scalar(Number.NaN));
    await expect(fit(flow(standardNormal(), spoilt), [1, 2])).rejects.toThrow(
      /parameter of layer 1 of 1 \(affine\)/,
    );
  });

  test.each([
    [{ steps: 0 }, /steps ≥ 1.*got 0/],
    [{ batchSize: 2.5 }, /batchSize ≥ 1.*got 2.5/],
    [{ learningRate: -1 }, /learningRate; got -1/],
  ])("refuses %o", async (options, message) => {
    await expect(fit(bimodal(), [1, 2], options)).rejects.toThrow(message);
  });

  test("refuses what cannot be trained or trained on", async () => {
    await expect(fit(flow(standardNormal(), leakyRelu()), [1])).rejects.toThrow(/nothing to train/);
    await expect(fit(bimodal(), [[1, 2]])).rejects.toThrow(/shape \[n\].*got shape \[1,2\]/);
    await expect(fit(bimodal(), [])).rejects.toThrow(/n ≥ 1; got shape \[0\]/);
  });
});

test.each([
  ["as in its definition", 0, Infinity],
  ["with weight decay", 0.1, Infinity],
  ["with a limit to the gradient", 0, 1.2],
])("adam takes its steps: %s", (_name, decay, limit) => {
  const gradients = [
    [0.3, -1, 2],
    [0.1, 0, -1],
    [-0.2, 0.5, 1],
  ];
  const expected = [1, -2, 0.5];
  const [mean, square] = [
    [0, 0, 0],
    [0, 0, 0],
  ];
  let state: Parameters<typeof adamStep>[0] = {
    parameters: tf.tensor1d(expected),
    sum: tf.zeros([3]),
    squareSum: tf.zeros([3]),
  };
  gradients.forEach((gradient, t) => {
    const { norm, ...next } = adamStep(state, tf.tensor1d(gradient), adamNumbers(t + 1, 0.1, decay, limit));
    state = next;
    const length = Math.hypot(...gradient);
    expect(norm.dataSync()[0]).toBeCloseTo(length, 5);
    gradient.forEach((raw, i) => {
      const g = raw * Math.min(1, limit / length);
      mean[i] = 0.9 * mean[i] + 0.1 * g;
      square[i] = 0.999 * square[i] + 0.001 * g * g;
      const change = mean[i] / (1 - 0.9 ** (t + 1)) / (Math.sqrt(square[i] / (1 - 0.999 ** (t + 1))) + 1e-8);
      expected[i] -= 0.1 * change + 0.1 * decay * expected[i];
    });
  });
  expect(Array.from(state.parameters.dataSync())).toEqual(expected.map((v) => expect.closeTo(v, 5)));
});
