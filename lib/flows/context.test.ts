import { describe, expect, test } from "vitest";
import type { Bijection } from "../bijections/bijection.ts";
import { chain } from "../bijections/composition/chain.ts";
import { invert } from "../bijections/composition/invert.ts";
import { affine } from "../bijections/elementwise/affine.ts";
import { monotone } from "../bijections/elementwise/monotone.ts";
import { split } from "../bijections/image/split.ts";
import { batchNorm } from "../bijections/normalization/batch-norm.ts";
import { standardNormal } from "../distributions/normal.ts";
import { tf } from "../engine/tf.ts";
import { flowLayersFigure } from "../figure/plane/flow-layers.ts";
import { ShapeError } from "../ground/errors.ts";
import { random } from "../random/random.ts";
import { type FitOptions, fit } from "../training/fit.ts";
import { flow } from "./flow.ts";
import { glow } from "./glow.ts";
import { iaf } from "./iaf.ts";
import { maf } from "./maf.ts";
import { nice } from "./nice.ts";
import { realNVP } from "./real-nvp.ts";
import { splineCoupling } from "./spline-coupling.ts";

const SIZE = { dimensions: 2, layers: 2, hidden: [4] };
const IMAGE = { height: 4, width: 4, channels: 1, levels: 1, steps: 1, hidden: [4] };

/** Each ready-made flow, with contexts of so many numbers, and the shape of its events. */
const FLOWS: [string, (context?: number) => Bijection, number[]][] = [
  ["nice", (context) => nice({ ...SIZE, ...(context && { context }) }), [2]],
  ["realNVP", (context) => realNVP({ ...SIZE, ...(context && { context }) }), [2]],
  ["realNVP with batch norm", (context = 0) => realNVP({ ...SIZE, batchNorm: true, context }), [2]],
  ["maf", (context) => maf({ ...SIZE, ...(context && { context }) }), [2]],
  ["maf with batch norm", (context = 0) => maf({ ...SIZE, batchNorm: true, context }), [2]],
  ["iaf", (context) => iaf({ ...SIZE, ...(context && { context }) }), [2]],
  ["splineCoupling", (context) => splineCoupling({ ...SIZE, ...(context && { context }) }), [2]],
  ["glow", (context) => glow({ ...IMAGE, ...(context && { context }) }), [4, 4, 1]],
  ["a chain with others", (context = 0) => chain([affine(), maf({ ...SIZE, context }), monotone()]), [2]],
  ["an inverted one", (context = 0) => invert(realNVP({ ...SIZE, context })), [2]],
  [
    "one inside of a split",
    (context = 0) => split({ inner: glow({ ...IMAGE, context }), kept: 1 }),
    [4, 4, 2],
  ],
];

describe.each(FLOWS)("%s", (_, make, event) => {
  const events = random(1).normalTensor([6, ...event]);
  const contexts = tf.tensor2d([0, 1, 0, 1, 0, 1], [6, 1]);
  /** Everything that takes a context. */
  const uses = (bijection: Bijection, given: tf.Tensor | undefined) => {
    const model = flow(standardNormal(event), bijection);
    return {
      forward: () => bijection.forward(events, given),
      inverse: () => bijection.inverse(events, given),
      logProb: () => model.logProb(events, given),
      "logProb in chunks": () => model.logProb(events, given, { chunk: 4 }),
      sample: () => model.sample(6, 1, given),
      sampleWithLogProb: () => model.sampleWithLogProb(6, 1, given),
      ...(bijection.trainingInverse && { training: () => bijection.trainingInverse?.(events, given) }),
    };
  };

  test("refuses a context if nothing in it depends on one", async () => {
    const bijection = make();
    expect(bijection.contextSize).toBe(0);
    for (const given of [contexts, tf.tensor1d([1]), tf.zeros([6, 3])]) {
      for (const [what, use] of Object.entries(uses(bijection, given))) {
        expect(use, what).toThrow(ShapeError);
        expect(use, what).toThrow(/expected no context.*got one of shape \[.*option context/);
      }
    }
    const train = (options: FitOptions) =>
      fit(flow(standardNormal(event), bijection), events, { steps: 1, ...options });
    if (bijection.variables.length === 0) return;
    await expect(train({ context: contexts })).rejects.toThrow(/fit, context: expected no context/);
    await expect(train({ validation: events, validationContext: contexts })).rejects.toThrow(
      /fit, validationContext: expected no context/,
    );
  });

  test("refuses none, one of another width or of another batch if it needs one", async () => {
    const bijection = make(1);
    expect(bijection.contextSize).toBe(1);
    for (const use of Object.values(uses(bijection, contexts))) expect(use).not.toThrow();
    for (const given of [undefined, tf.zeros([6, 2]), tf.zeros([5, 1]), tf.zeros([2]), tf.scalar(1)]) {
      for (const [what, use] of Object.entries(uses(bijection, given))) {
        expect(use, `${what}, ${given?.shape}`).toThrow(ShapeError);
        expect(use, what).toThrow(/expected a context/);
      }
    }
    const train = (options: FitOptions) =>
      fit(flow(standardNormal(event), bijection), events, { steps: 1, ...options });
    await expect(train({})).rejects.toThrow(/fit, context: expected one context for each of 6.*got none/);
    await expect(train({ context: tf.zeros([6, 2]) })).rejects.toThrow(/shape \[6, 1\]; got shape \[6,2\]/);
    await expect(train({ context: tf.zeros([5, 1]) })).rejects.toThrow(/shape \[6, 1\]; got shape \[5,1\]/);
    const held = { context: contexts, validation: events };
    await expect(train(held)).rejects.toThrow(/fit, validationContext: .*got none/);
    await expect(train({ ...held, validationContext: tf.zeros([6, 3]) })).rejects.toThrow(
      /validationContext/,
    );
    await expect(train({ context: contexts, validationContext: contexts })).rejects.toThrow(
      /expected validation data for validationContext; got none/,
    );
  });
});

test("parts of a chain for contexts of different sizes are refused when it is made", () => {
  const parts = [1, 0, 3].map((context) => maf({ ...SIZE, context }));
  expect(() => chain(parts)).toThrow(ShapeError);
  expect(() => chain(parts)).toThrow(/got parts for contexts of 1 number and 3 numbers/);
});

test("a bijection of one's own that says nothing of a context is given it, beside others that take none", () => {
  const moved: Bijection = {
    eventRank: 0,
    inverseKind: "analytic",
    forward: (z, context) => ({ value: tf.add(z, context as tf.Tensor), logDet: tf.zerosLike(z) }),
    inverse: (x, context) => ({ value: tf.sub(x, context as tf.Tensor), logDet: tf.zerosLike(x) }),
    variables: [],
  };
  const mixed = chain([affine(), moved, batchNorm({ dimensions: 2 })]);
  expect(mixed.contextSize).toBeUndefined();
  const { value } = chain([affine(), moved, affine({ scale: 2 })]).forward(
    tf.tensor2d([1, 2], [1, 2]),
    tf.tensor1d([10, 20]),
  );
  expect(Array.from(value.dataSync())).toEqual([22, 44]);
});

test("a figure of a flow refuses a context that nobody takes", () => {
  const bijection = chain([affine(), maf(SIZE)]);
  expect(() => flowLayersFigure({ bijection, context: [1] })).toThrow(/expected no context/);
  expect(flowLayersFigure({ bijection: maf({ ...SIZE, context: 1 }), context: [1] })).toBeDefined();
});

test.each(Object.entries({ maf, realNVP, splineCoupling }))(
  "%s gives NaN where the context is, leaves the other events as they are, and says it in a training",
  async (_, make) => {
    const model = flow(standardNormal([2]), make({ dimensions: 2, context: 1, layers: 2, hidden: [8] }));
    // Away from the identity, so that the context counts.
    for (const [i, variable] of model.variables.entries()) {
      tf.tidy(() => variable.assign(random(i).normalTensor(variable.shape, 0, 0.3)));
    }
    const x = [
      [0.1, 0.2],
      [0.3, 0.4],
      [0.5, 0.6],
    ];
    const [right, wrong] = [0.5, Number.NaN].map((middle) => {
      const context = [[0], [middle], [1]];
      const { value, logProb } = model.sampleWithLogProb(3, 1, context);
      return [model.logProb(x, context), logProb, value].map((t) => t.arraySync() as unknown[]);
    });
    for (const [k, values] of wrong.entries()) {
      expect([values[0], values[2]]).toEqual([right[k][0], right[k][2]]);
      expect([values[1]].flat().some(Number.isNaN)).toBe(true);
      expect([right[k][1]].flat().some(Number.isNaN)).toBe(false);
    }
    await expect(fit(model, x, { steps: 1, context: [[0], [Number.NaN], [1]] })).rejects.toThrow(
      /the contexts contain a number that is not finite, NaN in row 1, column 0/,
    );
    model.dispose();
  },
);
