import { describe, expect, test } from "vitest";
import { latentLevels } from "../bijections/image/multiscale.ts";
import { dequantize } from "../data/dequantization.ts";
import { drawnImages } from "../data/drawn-images.ts";
import { standardNormal } from "../distributions/normal.ts";
import { tf } from "../engine/tf.ts";
import { random } from "../random/random.ts";
import { bijectionFrom } from "../serialize/registry.ts";
import { fit } from "../training/fit.ts";
import { flow } from "./flow.ts";
import { glow } from "./glow.ts";

const SMALL = { height: 8, width: 8, channels: 1, levels: 2, steps: 2, hidden: [16, 16] };
const faces = () => dequantize(drawnImages("faces", { count: 64, size: 8 }).images, { bits: 5 });

describe("glow", () => {
  test("after initialization, what its data become has mean 0 and a deviation near 1 at each level", () => {
    const map = glow(SMALL);
    const x = faces();
    map.initialize?.(x);
    const z = map.inverse(x).value;
    for (const level of [1, 2]) {
      const own = tf.equal(latentLevels([8, 8, 1], 2), level);
      const chosen = Array.from(tf.where(own, z, tf.onesLike(z).mul(Number.NaN)).dataSync()).filter(
        (v) => !Number.isNaN(v),
      );
      const mean = chosen.reduce((sum, v) => sum + v, 0) / chosen.length;
      const variance = chosen.reduce((sum, v) => sum + (v - mean) ** 2, 0) / chosen.length;
      expect(chosen.length).toBe(64 * 32);
      expect(Math.abs(mean)).toBeLessThan(1e-3);
      // The last rotation mixes channels of variance 1 that depend on each other: some become larger, some smaller.
      expect(Math.abs(variance - 1)).toBeLessThan(0.5);
    }
  });

  test("a context steers every coupling", () => {
    const map = glow({ ...SMALL, context: 3 });
    const noise = random(3);
    for (const v of map.variables) tf.tidy(() => v.assign(tf.add(v, noise.normalTensor(v.shape, 0, 0.05))));
    const z = noise.normalTensor([2, 8, 8, 1]);
    const context = tf.tensor2d([
      [1, 0, 0],
      [0, 1, 0],
    ]);
    const x = map.forward(z, context).value;
    const back = map.inverse(x, context).value;
    expect(tf.max(tf.abs(tf.sub(back, z))).dataSync()[0]).toBeLessThan(1e-4);
    const other = map.forward(z, tf.tensor1d([0, 0, 1])).value;
    expect(tf.max(tf.abs(tf.sub(other, x))).dataSync()[0]).toBeGreaterThan(1e-3);
    expect(() => map.forward(z)).toThrow(/context of shape/);
  });

  test("its config makes the same architecture, with the weights it started from", () => {
    const map = glow({
      ...SMALL,
      channels: 3,
      steps: [1, 2],
      convolution: "full",
      seed: 5,
      learnedPrior: false,
    });
    const again = bijectionFrom(JSON.parse(JSON.stringify(map.config)));
    const x = random(1).normalTensor([2, 8, 8, 3]);
    expect(Array.from(again.inverse(x).value.dataSync())).toEqual(
      Array.from(map.inverse(x).value.dataSync()),
    );
    expect(again.variables.map((v) => v.shape)).toEqual(map.variables.map((v) => v.shape));
  });

  test("sizes that make no sense are refused", () => {
    expect(() => glow({ ...SMALL, height: 12, levels: 3 })).toThrow(/12×8 cannot be halved 3 times/);
    expect(() => glow({ ...SMALL, steps: [1] })).toThrow(/each of 2 levels; got \[1\]/);
    expect(() => glow({ ...SMALL, steps: 0 })).toThrow(/steps ≥ 1/);
    expect(() => glow({ ...SMALL, channels: 0 })).toThrow(/channels ≥ 1.*got 0/);
  });

  test("learns: faces it has not seen become likelier", async () => {
    const model = flow(standardNormal([8, 8, 1]), glow(SMALL));
    const heldOut = dequantize(drawnImages("faces", { count: 64, size: 8, seed: 9 }).images, { bits: 5 });
    model.bijection.initialize?.(faces());
    const score = () => tf.mean(model.logProb(heldOut)).dataSync()[0];
    const before = score();
    const many = dequantize(drawnImages("faces", { count: 1000, size: 8 }).images, { bits: 5 });
    await fit(model, many, { steps: 60, batchSize: 32, learningRate: 0.005 });
    expect(score() - before).toBeGreaterThan(20);
  });
});
