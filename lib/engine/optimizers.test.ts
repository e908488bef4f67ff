import { beforeAll, describe, expect, test } from "vitest";
import { everyBackend } from "./backends.fixture.ts";
import { tf, useBackend } from "./tf.ts";

const OPTIMIZERS = {
  momentum: () => tf.train.momentum(0.1, 0.9),
  adam: () => tf.train.adam(0.1),
  adamax: () => tf.train.adamax(0.1),
  rmsprop: () => tf.train.rmsprop(0.1, 0.9, 0.5),
  adagrad: () => tf.train.adagrad(0.1),
  adadelta: () => tf.train.adadelta(0.5),
};

const loss = (x: tf.Variable, factor: number) => () => tf.sum(tf.mul(tf.square(x), factor)) as tf.Scalar;

describe.each(everyBackend())("on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  // Adam's and Adamax' corrections count the steps of both lists together, as Keras' do.
  const alone = Object.entries(OPTIMIZERS).filter(([name]) => !name.startsWith("adam"));

  test.each(alone)("%s trains two lists of variables by turns as it trains each alone", (_, make) => {
    const [a, b, aAlone, bAlone] = [[1, 2], [5], [1, 2], [5]].map((values) =>
      tf.variable(tf.tensor1d(values)),
    );
    const [both, onlyA, onlyB] = [make(), make(), make()];
    for (let step = 0; step < 4; step++) {
      both.minimize(loss(a, 1), false, [a]);
      both.minimize(loss(b, 3), false, [b]);
      onlyA.minimize(loss(aAlone, 1), false, [aAlone]);
      onlyB.minimize(loss(bAlone, 3), false, [bAlone]);
    }
    expect([a.dataSync(), b.dataSync()]).toEqual([aAlone.dataSync(), bAlone.dataSync()]);
    for (const one of [both, onlyA, onlyB, a, b, aAlone, bAlone]) one.dispose();
  });

  test.each(Object.entries(OPTIMIZERS))("%s keeps each variable's memory whatever the order", (_, make) => {
    const run = (reversed: boolean) => {
      const [a, b] = [tf.variable(tf.scalar(1)), tf.variable(tf.scalar(5))];
      const optimizer = make();
      const both = () => tf.add(tf.square(a), tf.mul(tf.square(b), 3)) as tf.Scalar;
      for (let step = 0; step < 4; step++) {
        optimizer.minimize(both, false, reversed && step % 2 === 1 ? [b, a] : [a, b]);
      }
      const ends = [a, b].map((one) => one.dataSync()[0]);
      for (const one of [optimizer, a, b]) one.dispose();
      return ends;
    };
    expect(run(true)).toEqual(run(false));
  });

  test("Adam's first step of a second list is by its own gradients", () => {
    const [a, b] = [tf.variable(tf.scalar(1)), tf.variable(tf.tensor1d([5, 6, 7]))];
    const optimizer = tf.train.adam(0.1);
    for (let step = 0; step < 3; step++) optimizer.minimize(loss(a, 1), false, [a]);
    // The library adds the moments of a, whose shape is another.
    optimizer.minimize(loss(b, 3), false, [b]);
    expect(b.shape).toEqual([3]);
    // m = (1 − β₁)g and v = (1 − β₂)g², corrected as for the fourth step: ratio √((1−β₂⁴)/(1−β₂)) · (1−β₁)/(1−β₁⁴).
    const step = (0.1 * (0.1 / (1 - 0.9 ** 4))) / Math.sqrt(0.001 / (1 - 0.999 ** 4));
    for (const [i, value] of b.dataSync().entries()) expect(value).toBeCloseTo([5, 6, 7][i] - step, 4);
    for (const one of [optimizer, a, b]) one.dispose();
  });

  test("weights that are put back go on where they were", async () => {
    const train = async (interrupted: boolean) => {
      const [a, b] = [tf.variable(tf.scalar(1)), tf.variable(tf.scalar(5))];
      const both = () => tf.add(tf.square(a), tf.mul(tf.square(b), 3)) as tf.Scalar;
      let optimizer = tf.train.adam(0.1);
      for (let step = 0; step < 4; step++) {
        if (interrupted && step === 2) {
          const weights = await optimizer.getWeights();
          optimizer = tf.train.adam(0.1);
          await optimizer.setWeights(weights);
        }
        optimizer.minimize(both, false, [a, b]);
      }
      return [a, b].map((one) => one.dataSync()[0]);
    };
    const [whole, parts] = [await train(false), await train(true)];
    for (const [i, value] of whole.entries()) expect(parts[i]).toBeCloseTo(value, 5);
  });
});
