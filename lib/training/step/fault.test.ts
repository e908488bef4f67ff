import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Bijection } from "../../bijections/bijection.ts";
import { chain } from "../../bijections/composition/chain.ts";
import { invert } from "../../bijections/composition/invert.ts";
import { affine } from "../../bijections/elementwise/affine.ts";
import { sigmoid } from "../../bijections/elementwise/sigmoid.ts";
import { split } from "../../bijections/image/split.ts";
import { invertible1x1Convolution } from "../../bijections/linear/invertible-1x1-convolution.ts";
import { actNorm } from "../../bijections/normalization/act-norm.ts";
import { standardNormal } from "../../distributions/normal.ts";
import { uniform } from "../../distributions/uniform.ts";
import { fastBackends } from "../../engine/backends.fixture.ts";
import { availableBackends, tf, useBackend } from "../../engine/tf.ts";
import { flow } from "../../flows/flow.ts";
import { glow } from "../../flows/glow.ts";
import { realNVP } from "../../flows/real-nvp.ts";
import { ShapeError } from "../../ground/errors.ts";
import { SingularMatrixError } from "../../linear-algebra/singular-matrix.ts";
import { random } from "../../random/random.ts";
import { fit } from "../fit.ts";
import { NonFiniteLossError } from "./fault.ts";

/** A map of numbers that is the identity, but for what is given. */
function layer(name: string, inverse: Bijection["inverse"], variables: tf.Variable[] = []): Bijection {
  const forward: Bijection["forward"] = (z) => ({ value: z, logDet: tf.zerosLike(z) });
  return { name, eventRank: 0, inverseKind: "analytic", forward, inverse, variables };
}

const fill = (variable: tf.Variable, value: number) =>
  tf.tidy(() => void variable.assign(tf.fill(variable.shape, value)));
const PAIRS = [
  [1, 2],
  [3, 5],
  [-1, 0],
];

describe.each(fastBackends())("a fault on %s", (backend) => {
  beforeEach(() => {
    useBackend(backend);
    tf.engine().startScope();
  });
  afterEach(() => tf.engine().endScope());

  test("is told of the layer in which it is, however deep in splits", async () => {
    const model = flow(
      standardNormal([8, 8, 1]),
      glow({ height: 8, width: 8, channels: 1, levels: 3, steps: 1, hidden: [4] }),
    );
    const images = random(1).normalTensor([8, 8, 8, 1]);
    await fit(model, images, { steps: 2 });
    // Coarse levels come first; the coarsest has a coupling, a convolution and an actNorm.
    const places: [number, RegExp][] = [
      [
        0,
        /parameter of layer 2 of 5 \(coupling\) in layer 2 of 7 \(split\) in layer 2 of 7 \(split\) is not/,
      ],
      [9, /parameter of layer 4 of 5 \(actNorm\) in layer 2 of 7 \(split\) in layer 2 of 7 \(split\) is not/],
      [10, /parameter of layer 3 of 7 \(prior\) in layer 2 of 7 \(split\) is not/],
      [model.variables.length - 1, /parameter of layer 6 of 7 \(actNorm\) is not/],
    ];
    const before = tf.memory().numTensors;
    for (const [place, message] of places) {
      const variable = model.variables[place];
      const value = tf.clone(variable);
      fill(variable, Number.NaN);
      for (const compile of [true, false]) {
        const failure = fit(model, images, { steps: 1, compile });
        await expect(failure).rejects.toThrow(NonFiniteLossError);
        await expect(failure).rejects.toThrow(message);
      }
      variable.assign(value);
      value.dispose();
    }
    expect(tf.memory().numTensors).toBe(before);
    expect((await fit(model, images, { steps: 1 })).loss[0]).toBeLessThan(Infinity);
  });

  test("is told of the layer inside of a split that is not defined there, or has no gradient", async () => {
    const data = tf.tensor([0.5, 9, 1.5, 9, 0.5, 9], [3, 1, 1, 2]);
    const train = (part: Bijection) =>
      fit(flow(standardNormal([1, 1, 2]), chain([affine(), part, affine()])), data, { steps: 1 });
    await expect(train(split({ inner: sigmoid() }))).rejects.toThrow(
      /inverse of layer 1 of 1 \(sigmoid\) in layer 2 of 3 \(split\) is not defined there: logit.*got 0.5 to 1.5/,
    );
    await expect(train(invert(split({ inner: invert(sigmoid()) })))).rejects.toThrow(
      /inverse of layer 1 of 1 \(inverted inverted sigmoid\) in layer 2 of 3 \(inverted split\) is not defined/,
    );
    // √w at w = 0 is finite, and its slope is not.
    const w = tf.variable(tf.scalar(0));
    const kink = layer("kink", (x) => ({ value: tf.add(x, tf.sqrt(w)), logDet: tf.zerosLike(x) }), [w]);
    await expect(train(split({ inner: chain([affine(), kink]) }))).rejects.toThrow(
      /the gradient in the parameters of layer 2 of 2 \(kink\) in layer 2 of 3 \(split\) is not finite/,
    );
  });

  test("is a matrix that has become singular: names step and layer, in a graph too", async () => {
    const convolution = invertible1x1Convolution({ channels: 2, form: "full" });
    const [weights] = convolution.variables;
    const good = tf.clone(weights);
    const model = flow(standardNormal([2]), chain([affine(), convolution]));
    await fit(model, PAIRS, { steps: 2 });
    const before = tf.memory().numTensors;
    for (const compile of [true, false]) {
      fill(weights, 1);
      const failure = fit(model, PAIRS, { steps: 3, compile });
      await expect(failure).rejects.toThrow(NonFiniteLossError);
      await expect(failure).rejects.toThrow(
        /at step 1: the log-determinant of layer 2 of 2 \(invertible 1×1 convolution\) is not finite \(expected an inv/,
      );
      await expect(failure).rejects.toMatchObject({ step: 1, cause: expect.any(SingularMatrixError) });
      expect(Array.from(weights.dataSync())).toEqual([1, 1, 1, 1]);
      expect(tf.memory().numTensors).toBe(before);
      weights.assign(good);
      expect((await fit(model, PAIRS, { steps: 1, compile })).outcome).toBe("finished");
    }
  });

  test("is a singular matrix that cannot be inverted for a density: names its remedy", async () => {
    for (const compile of [true, false]) {
      const convolution = invertible1x1Convolution({ channels: 2, form: "full" });
      fill(convolution.variables[0], 1);
      const failure = fit(flow(standardNormal([2]), invert(convolution)), PAIRS, { steps: 3, compile });
      await expect(failure).rejects.toThrow(NonFiniteLossError);
      await expect(failure).rejects.toThrow(
        /step 1: the inverse of layer 1 of 1 \(inverted invert.*not defined there: .*, W: expected an inv.* "plu"/,
      );
    }
  });
});

describe("a first batch that a flow cannot be initialized from", () => {
  beforeEach(() => void useBackend(availableBackends()[0]));

  test("is told of where it becomes so, and a good one takes its place", async () => {
    const normalizer = actNorm({ dimensions: 2 });
    const root = layer("root", (x) => ({ value: tf.sqrt(x), logDet: tf.neg(tf.log(x)) }));
    const model = flow(standardNormal([2]), chain([normalizer, sigmoid(), root]));
    const good = PAIRS.map(([a, b]) => [0.5 + a / 10, 0.9 - b / 10]);
    const train = (data: number[][]) => fit(model, data, { steps: 1, learningRate: 1e-9 });
    for (const [bad, message] of [
      [1.5, "step 1: the inverse of layer 2 of 3 (sigmoid) is not defined there: logit"],
      [-1, "step 1: the inverse of layer 3 of 3 (root) turns finite input into a value that is not"],
    ] as const) {
      const failure = train([...good, [0.5, bad]]);
      await expect(failure).rejects.toThrow(NonFiniteLossError);
      await expect(failure).rejects.toThrow(message);
      expect(normalizer.variables.map((one) => Array.from(one.dataSync()))).toEqual([
        [0, 0],
        [0, 0],
      ]);
    }
    await train(good);
    const normalized = (v: number) => Math.log(Math.sqrt(v) / (1 - Math.sqrt(v)));
    const middle = [0, 1].map((c) => good.reduce((sum, row) => sum + normalized(row[c]) / 3, 0));
    expect(Array.from(normalizer.variables[1].dataSync())).toEqual(middle.map((v) => expect.closeTo(v, 4)));
  });

  test("keeps its own error if it is too small", async () => {
    const model = flow(uniform(5, 6, [2]), chain([actNorm({ dimensions: 2 }), realNVP({ dimensions: 2 })]));
    await expect(fit(model, [[1, 2]], { steps: 1 })).rejects.toThrow(
      /^actNorm: expected a first batch with at/,
    );
    const normalized = flow(uniform(5, 6, [2]), realNVP({ dimensions: 2, layers: 1, batchNorm: true }));
    await expect(fit(normalized, [[1, 2]], { steps: 1 })).rejects.toThrow(
      /^batchNorm: a training step needs/,
    );
  });
});

describe("an error in a step", () => {
  beforeEach(() => void useBackend(availableBackends()[0]));

  test("stays what it is, if all numbers are finite", async () => {
    const bug = new Error("a slip of its author");
    const mine = layer("mine", () => {
      throw bug;
    });
    for (const compile of [true, false]) {
      await expect(fit(flow(standardNormal(), chain([affine(), mine])), [1, 2], { compile })).rejects.toBe(
        bug,
      );
    }
    const steered = flow(standardNormal([2]), realNVP({ dimensions: 2, layers: 1, hidden: [2], context: 1 }));
    await expect(fit(steered, PAIRS)).rejects.toThrow(ShapeError);
  });

  test("comes from the number that is not finite, if there is one", async () => {
    const touchy = layer("touchy", (x) => {
      if (Number.isNaN(x.dataSync()[0])) throw new Error("an error of the engine");
      return { value: x, logDet: tf.zerosLike(x) };
    });
    const root = layer("root", (x) => ({ value: tf.sqrt(x), logDet: tf.zerosLike(x) }));
    const model = flow(standardNormal(), chain([touchy, root, affine()]));
    const failure = fit(model, [-1, -2], { compile: false });
    await expect(failure).rejects.toThrow(
      /step 1: the inverse of layer 2 of 3 \(root\) turns finite input into/,
    );
    await expect(failure).rejects.toMatchObject({ cause: { message: "an error of the engine" } });
  });
});
