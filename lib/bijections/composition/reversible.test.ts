import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { mlp } from "../../conditioners/mlp.ts";
import { standardNormal } from "../../distributions/normal.ts";
import { needingBackend } from "../../engine/backends.fixture.ts";
import { compile } from "../../engine/compile/compile.ts";
import { tf } from "../../engine/tf.ts";
import { flow } from "../../flows/flow.ts";
import { iRevNet } from "../../flows/i-rev-net.ts";
import { random } from "../../random/random.ts";
import { fit } from "../../training/fit.ts";
import { additive } from "../../transformers/additive.ts";
import { affineTransformer } from "../../transformers/affine.ts";
import type { Transformer } from "../../transformers/transformer.ts";
import type { Bijection } from "../bijection.ts";
import { scatter } from "../contract/case.ts";
import { coupling } from "../coupling/coupling.ts";
import { halfMask } from "../coupling/masks.ts";
import { actNorm } from "../normalization/act-norm.ts";
import { batchNorm } from "../normalization/batch-norm.ts";
import { planar } from "../residual/planar.ts";
import { chain } from "./chain.ts";
import { reversible } from "./reversible.ts";

beforeEach(() => tf.engine().startScope());
afterEach(() => tf.engine().endScope());

const EVENT = 8;

function couplings(count: number, transformer: Transformer = additive(), hidden = [16]): Bijection[] {
  return Array.from({ length: count }, (_, k) => {
    const [inputs, outputs] = [EVENT / 2, (EVENT / 2) * transformer.parameters];
    const conditioner = mlp({ inputs, outputs, hidden, seed: k });
    const mask = halfMask(EVENT, k % 2 === 0 ? "first" : "second");
    return scatter(coupling({ mask, transformer, conditioner }), 0.1, k);
  });
}

/** The negative log-likelihood's gradients in all variables, one after the other. */
function gradientsOf(bijection: Bijection, x: tf.Tensor): tf.Tensor {
  return tf.tidy(() => {
    const { grads } = tf.variableGrads(() => {
      const { value, logDet } = bijection.inverse(x);
      return tf.sub(tf.mean(tf.sum(tf.square(value), -1)), tf.mean(logDet)) as tf.Scalar;
    }, bijection.variables as tf.Variable[]);
    return tf.concat(bijection.variables.map(({ name }) => tf.reshape(grads[name], [-1])));
  });
}

/** ‖a − b‖/‖b‖. */
function difference(a: tf.Tensor, b: tf.Tensor): number {
  return tf.tidy(() => tf.div(tf.norm(tf.sub(a, b)), tf.norm(b)).dataSync()[0]);
}

const batch = (count = 64) => random(3).normalTensor([count, EVENT]);

describe("a reversible chain", () => {
  test("gives the chain's numbers to the last bit", () => {
    const parts = couplings(6, affineTransformer());
    const [one, other] = [reversible(parts), chain(parts)];
    for (const way of ["forward", "inverse"] as const) {
      const [own, usual] = [one, other].map((map) => map[way](batch()));
      expect(Array.from(own.value.dataSync())).toEqual(Array.from(usual.value.dataSync()));
      expect(Array.from(own.logDet.dataSync())).toEqual(Array.from(usual.logDet.dataSync()));
    }
  });

  // What comes back is off by some roundings of 6e-8 for each part; measured are 7e-8 and 3e-7. A rectifier whose input such a
  // rounding takes past 0 would make a jump of its share, one of 10,000 units.
  test.each([
    [32, "additive", additive(), 1e-6],
    [8, "affine", affineTransformer(), 5e-6],
  ] as const)(
    "of %d %s couplings has the chain's gradients but for rounding",
    (count, _, transformer, tolerance) => {
      const parts = couplings(count, transformer);
      const [own, usual] = [reversible(parts), chain(parts)].map((map) => gradientsOf(map, batch()));
      expect(difference(own, usual)).toBeLessThan(tolerance);
      expect(tf.norm(usual).dataSync()[0]).toBeGreaterThan(0.1);
    },
  );

  test("needs no more memory for its gradient when it is longer; a chain does", async () => {
    const peak = async (make: (parts: Bijection[]) => Bijection, count: number) => {
      const map = make(couplings(count, additive(), [128]));
      const x = batch(256);
      const before = tf.memory().numBytes;
      const { peakBytes } = await tf.profile(() => void tf.tidy(() => void gradientsOf(map, x)));
      // The gradients themselves are as many as the variables, however they are computed.
      const variables = map.variables.reduce((sum, { size }) => sum + 4 * size, 0);
      return peakBytes - before - 2 * variables;
    };
    const lengths = [4, 16, 64];
    const [usual, own] = [[], []] as number[][];
    for (const count of lengths) {
      usual.push(await peak(chain, count));
      own.push(await peak(reversible, count));
    }
    // 256×128 hidden units in float32, before and after the rectifier: what a chain keeps of each part at least.
    const kept = 2 * 256 * 128 * 4;
    expect(usual[2] - usual[1]).toBeGreaterThan(48 * kept);
    expect(own[2] - own[0]).toBeLessThan(2 * kept);
    expect(own[2]).toBeLessThan(usual[2] / 8);
  });

  test("leaves nothing behind, and the gradient around it goes on", () => {
    const map = reversible(couplings(3));
    const x = batch();
    gradientsOf(map, x).dispose();
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      // A reversible chain in another one, and a variable that both sides of it depend on.
      const nested = reversible([reversible(couplings(2)), scatter(actNorm({ dimensions: EVENT }))]);
      const a = tf.tidy(() => tf.variable(tf.scalar(1.5)));
      const loss = (through: (x: tf.Tensor) => tf.Tensor) =>
        tf.grad((scale: tf.Tensor) => tf.sum(tf.mul(through(tf.mul(x, scale)), scale)))(a);
      const own = loss((h) => nested.inverse(h).value);
      const usual = loss((h) => chain(nested.parts ?? []).inverse(h).value);
      expect(difference(own, usual)).toBeLessThan(1e-5);
      tf.dispose([a, ...nested.variables, ...(nested.state ?? [])] as tf.Tensor[]);
    });
    gradientsOf(map, x).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  needingBackend("tensorflow").test("is compiled with the same gradients", () => {
    const map = reversible(couplings(4, affineTransformer()));
    const compiled = compile((x: tf.Tensor) => gradientsOf(map, x));
    const usual = gradientsOf(map, batch());
    compiled(batch());
    expect(Array.from(compiled(batch()).dataSync())).toEqual(Array.from(usual.dataSync()));
    expect(compiled.info().mode).toBe("graph");
    compiled.dispose();
  });

  test("learns as its chain does", async () => {
    const losses = await Promise.all(
      [reversible, chain].map(async (make) => {
        const map = make(couplings(4, affineTransformer()));
        const history = await fit(flow(standardNormal([EVENT]), map), batch(), { steps: 20, batchSize: 32 });
        return history.loss;
      }),
    );
    losses[0].forEach((loss, i) => void expect(loss).toBeCloseTo(losses[1][i], 4));
  });

  test("says that it has no second derivative", () => {
    const map = reversible(couplings(2));
    const first = tf.grad((x: tf.Tensor) => tf.sum(tf.square(map.inverse(x).value)));
    expect(() => tf.grad((x: tf.Tensor) => tf.sum(tf.square(first(x))))(batch(2))).toThrow(
      /take chain\(parts\) for second ones/,
    );
  });

  test("refuses parts that cannot be undone", () => {
    expect(() => reversible([])).toThrow(/at least one/);
    expect(() => reversible([planar({ dimensions: 2 })])).toThrow(/part 0 \(planar\).*closed form/);
    expect(() => reversible([batchNorm({ dimensions: 2 })])).toThrow(/take actNorm in the place/);
  });
});

describe("iRevNet", () => {
  test("keeps volume: logDet is exactly 0 in both directions, and its image the down-sampled one", () => {
    const map = scatter(
      iRevNet({ height: 8, width: 4, channels: 3, levels: 2, blocks: 1, hidden: [4] }),
      0.1,
    );
    const x = random(1).normalTensor([3, 8, 4, 3]);
    const { value, logDet } = map.inverse(x);
    expect(value.shape).toEqual([3, 2, 1, 48]);
    expect(Array.from(logDet.dataSync())).toEqual([0, 0, 0]);
    const back = map.forward(value);
    expect(Array.from(back.logDet.dataSync())).toEqual([0, 0, 0]);
    expect(tf.max(tf.abs(tf.sub(back.value, x))).dataSync()[0]).toBeLessThan(1e-5);
  });

  test("refuses sizes that cannot be halved so often", () => {
    const sizes = { height: 6, width: 4, channels: 1 };
    expect(() => iRevNet(sizes)).toThrow(/6×4 cannot be halved 2 times/);
    expect(() => iRevNet({ ...sizes, levels: 1, blocks: 0 })).toThrow(/expected blocks ≥ 1/);
  });
});
