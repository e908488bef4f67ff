import { describe, expect, test } from "vitest";
import { everyBackend } from "../engine/backends.fixture.ts";
import { gradientByDifferences } from "../engine/differences.ts";
import { tf, useBackend } from "../engine/tf.ts";
import { ShapeError } from "../ground/errors.ts";
import { random } from "../random/random.ts";
import type { Conditioner } from "./conditioner.ts";
import { convNet } from "./conv-net.ts";
import { gatedConvNet } from "./gated-conv-net.ts";

const NETS: Record<string, (options: { context?: number; zeroLast?: boolean }) => Conditioner> = {
  "plain net": (options) => convNet({ inputs: 2, outputs: 3, hidden: [4, 5], seed: 1, ...options }),
  "gated net": (options) => gatedConvNet({ inputs: 2, outputs: 3, width: 4, seed: 1, ...options }),
};

/** All variables moved from their start, where a zero layer hides everything before it. */
function scattered(net: Conditioner): Conditioner {
  const noise = random(2);
  for (const v of net.variables) tf.tidy(() => v.assign(tf.add(v, noise.normalTensor(v.shape, 0, 0.3))));
  return net;
}

const images = (batch: number[]) => random(3).normalTensor([...batch, 4, 5, 2]);

describe.each(everyBackend())("on %s", (backend) => {
  describe.each(Object.entries(NETS))("%s", (_, create) => {
    test("starts at 0, unless it is told not to", () => {
      useBackend(backend);
      expect(
        Array.from(
          tf
            .abs(create({}).apply(images([2])))
            .max()
            .dataSync(),
        ),
      ).toEqual([0]);
      const away = create({ zeroLast: false }).apply(images([2]));
      expect(tf.abs(away).max().dataSync()[0]).toBeGreaterThan(0.1);
    });

    test.each([[[]], [[0]], [[3]], [[2, 3]]])("keeps the batch axes %j", (batch) => {
      useBackend(backend);
      expect(create({}).apply(images(batch)).shape).toEqual([...batch, 4, 5, 3]);
    });

    test("sees its neighbourhood, and not what lies further away", () => {
      useBackend(backend);
      const net = scattered(create({}));
      const x = random(3).normalTensor([1, 11, 11, 2]);
      const one = tf.oneHot(tf.tensor1d([0], "int32"), 242).reshape([1, 11, 11, 2]);
      const change = tf
        .abs(tf.sub(net.apply(tf.add(x, one)), net.apply(x)))
        .max(3)
        .arraySync() as number[][][];
      expect(change[0][1][1]).toBeGreaterThan(1e-3);
      // Two filters of 3×3, or four in the gated net, reach at most four pixels.
      expect(change[0][5][0] + change[0][0][5] + change[0][10][10]).toBe(0);
    });

    test("a context reaches every pixel, may be shared, and is refused in a wrong shape", () => {
      useBackend(backend);
      const net = scattered(create({ context: 2 }));
      const x = tf.tile(images([1]), [2, 1, 1, 1]);
      const different = net
        .apply(
          x,
          tf.tensor2d([
            [1, 0],
            [0, 2],
          ]),
        )
        .arraySync() as number[][][][];
      different[0].flat(2).forEach((v, i) => void expect(v).not.toBe(different[1].flat(2)[i]));
      const shared = net.apply(x, tf.tensor1d([1, 0])).arraySync() as number[][][][];
      expect(shared[0].flat(2)[7]).toBeCloseTo(different[0].flat(2)[7], 5);
      for (const wrong of [undefined, tf.zeros([2, 3]), tf.zeros([3, 2]), tf.scalar(1)]) {
        expect(() => net.apply(x, wrong)).toThrow(ShapeError);
      }
    });

    test("gradients in its variables match differences along them", () => {
      useBackend(backend);
      const net = scattered(create({ zeroLast: true, context: 1 }));
      const [x, context] = [images([2]), tf.tensor2d([[0.5], [-1]])];
      const loss = () => tf.mean(tf.square(tf.sub(net.apply(x, context), 1))) as tf.Scalar;
      const { grads } = tf.variableGrads(loss, net.variables as tf.Variable[]);
      const start = net.variables.map((v) => v.clone());
      const gradients = net.variables.map((v) => grads[v.name]);
      const length2 = gradients.reduce((total, g) => total + tf.sum(tf.square(g)).dataSync()[0], 0);
      expect(gradients.map((g) => g.shape)).toEqual(net.variables.map((v) => v.shape));
      const along = ([t]: number[]) => {
        net.variables.forEach(
          (v, i) => void v.assign(tf.add(start[i], tf.mul(gradients[i], t / Math.sqrt(length2)))),
        );
        return loss().dataSync()[0];
      };
      const [slope] = gradientByDifferences(along, [0], 0.01);
      expect(Math.abs(slope / Math.sqrt(length2) - 1)).toBeLessThan(0.01);
    });

    test("leaves its result behind and nothing else; the same seed gives the same net", () => {
      useBackend(backend);
      const [net, x] = [create({ zeroLast: false }), images([2])];
      const before = tf.memory().numTensors;
      const y = net.apply(x);
      expect(tf.memory().numTensors).toBe(before + 1);
      expect(Array.from(create({ zeroLast: false }).apply(x).dataSync())).toEqual(Array.from(y.dataSync()));
    });
  });
});

test("a 3×3 filter, by hand: a hidden channel that adds up the neighbourhood, doubled by the output scale", () => {
  const net = convNet({ inputs: 1, outputs: 1, hidden: [1], sizes: [3, 1] });
  const [filter, bias, last, lastBias, logScale] = net.variables;
  filter.assign(tf.ones([3, 3, 1, 1]));
  bias.assign(tf.tensor1d([-3]));
  last.assign(tf.ones([1, 1, 1, 1]));
  lastBias.assign(tf.tensor1d([1]));
  logScale.assign(tf.tensor1d([Math.log(2) / 3]));
  const sums = net.apply(tf.tensor4d([1, 2, 3, 0, -1, 0], [1, 2, 3, 1])).dataSync();
  // Sums 2, 5, 4 in both rows (zeros around the image); minus 3, rectified, plus 1, times 2.
  expect(Array.from(sums, (v) => Number(v.toFixed(4)))).toEqual([2, 6, 4, 2, 6, 4]);
});

test("sizes that make no sense are refused", () => {
  expect(() => convNet({ inputs: 0, outputs: 1 })).toThrow(/inputs ≥ 1.*got 0/);
  expect(() => convNet({ inputs: 1, outputs: 1, sizes: [3, 3] })).toThrow(/3 layers; got \[3,3\]/);
  expect(() => convNet({ inputs: 1, outputs: 1, sizes: [3, 2, 3] })).toThrow(/odd filter size/);
  expect(() => gatedConvNet({ inputs: 1, outputs: 1, blocks: 0.5 })).toThrow(/blocks ≥ 1/);
  expect(() => convNet({ inputs: 2, outputs: 1 }).apply(tf.zeros([4, 2]))).toThrow(
    /height, width, 2\]; got \[4,2\]/,
  );
  expect(() => convNet({ inputs: 2, outputs: 1 }).apply(tf.zeros([4, 4, 3]))).toThrow(ShapeError);
});
