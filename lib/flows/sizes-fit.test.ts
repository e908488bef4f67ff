import { expect, test } from "vitest";
import type { Bijection } from "../bijections/bijection.ts";
import { bijection } from "../bijections/building/builder.ts";
import { chain } from "../bijections/composition/chain.ts";
import { invert } from "../bijections/composition/invert.ts";
import { reversible } from "../bijections/composition/reversible.ts";
import { coupling } from "../bijections/coupling/coupling.ts";
import { checkerboardMask } from "../bijections/coupling/masks.ts";
import { affine } from "../bijections/elementwise/affine.ts";
import { split } from "../bijections/image/split.ts";
import { squeeze } from "../bijections/image/squeeze.ts";
import { invertible1x1Convolution } from "../bijections/linear/invertible-1x1-convolution.ts";
import { plu } from "../bijections/linear/plu.ts";
import { actNorm } from "../bijections/normalization/act-norm.ts";
import { planar } from "../bijections/residual/planar.ts";
import { convNet } from "../conditioners/conv-net.ts";
import { standardNormal } from "../distributions/normal.ts";
import { tf } from "../engine/tf.ts";
import { ShapeError } from "../ground/errors.ts";
import { random } from "../random/random.ts";
import { fit } from "../training/fit.ts";
import { affineTransformer } from "../transformers/affine.ts";
import { flow } from "./flow.ts";
import { glow } from "./glow.ts";
import { iResNet } from "./i-res-net.ts";
import { iRevNet } from "./i-rev-net.ts";
import { iaf } from "./iaf.ts";
import { maf } from "./maf.ts";
import { nice } from "./nice.ts";
import { realNVP } from "./real-nvp.ts";
import { splineCoupling } from "./spline-coupling.ts";

const [two, three] = [{ dimensions: 2 }, { dimensions: 3 }];
const image = { height: 4, width: 4, channels: 1 };
const checkered = () =>
  coupling({
    mask: checkerboardMask(4, 4, "even"),
    transformer: affineTransformer(),
    conditioner: convNet({ inputs: 1, outputs: 2 }),
  });

const UNFIT: [string, readonly number[], () => Bijection][] = [
  ["realNVP", [3], () => realNVP(two)],
  ["realNVP of more", [2], () => realNVP(three)],
  ["nice", [3], () => nice(two)],
  ["maf with a context", [2], () => maf({ ...three, context: 1 })],
  ["iaf", [3], () => iaf(two)],
  ["splineCoupling", [1], () => splineCoupling(two)],
  ["iResNet", [3], () => iResNet(two)],
  ["a vector's for images", [4, 4, 1], () => realNVP(two)],
  ["an image's for vectors", [16], () => glow({ ...image, levels: 1 })],
  ["glow of other channels", [4, 4, 3], () => glow({ ...image, levels: 1 })],
  ["glow that cannot halve it", [6, 6, 1], () => glow(image)],
  ["iRevNet on the data's side", [4, 4, 1], () => iRevNet(image)],
  ["squeeze", [2, 2, 3], () => squeeze()],
  ["inverted squeeze", [3, 3, 4], () => invert(squeeze())],
  ["checkerboard of another size", [6, 6, 1], checkered],
  ["convolution", [2, 2, 3], () => invertible1x1Convolution({ channels: 2 })],
  ["plu", [3], () => plu(two)],
  ["planar", [3], () => planar(two)],
  ["affine", [2], () => affine({ scale: [1, 2, 3] })],
  ["parts of two sizes", [2], () => chain([actNorm(two), actNorm(three)])],
  ["parts that keep no activations", [3], () => reversible([actNorm(two)])],
  ["a part inside", [2, 2, 4], () => split({ inner: actNorm(three) })],
  [
    "what the kept channels are too few for",
    [2, 2, 2],
    () => split({ inner: actNorm({ dimensions: 1 }), kept: 2 }),
  ],
  [
    "one of one's own",
    [3],
    () =>
      bijection({
        name: "own",
        event: [2],
        forward: (value) => ({ value }),
        inverse: (value) => ({ value }),
      }),
  ],
];

test.each(UNFIT)("%s is refused at once by a base of shape %j", (_name, shape, make) => {
  const join = () => flow(standardNormal(shape), make());
  expect(join).toThrow(ShapeError);
  expect(join).toThrow(new RegExp(`^flow: .*base draws events of shape \\[${shape}\\]`));
});

test("the message says what each side has", () => {
  expect(() => flow(standardNormal([3]), iResNet(two))).toThrow(
    "flow: the base draws events of shape [3], which the bijection does not take: residual: expected events of shape [2] " +
      "after the batch axes; got shape [3]. Give both the same size",
  );
});

test.each<[string, readonly number[], readonly number[], () => Bijection]>([
  ["realNVP", [2], [2], () => realNVP(two)],
  ["a vector's for rows of vectors", [5, 2], [5, 2], () => realNVP(two)],
  ["elementwise", [3, 2], [3, 2], () => affine()],
  ["glow", [4, 4, 1], [4, 4, 1], () => glow(image)],
  ["iRevNet", [1, 1, 16], [4, 4, 1], () => iRevNet(image)],
  ["iRevNet, inverted", [4, 4, 1], [1, 1, 16], () => invert(iRevNet(image))],
  ["squeeze of a list of images", [5, 2, 2, 4], [5, 4, 4, 1], () => squeeze()],
  [
    "squeeze of the kept channels",
    [2, 2, 8],
    [2, 2, 8],
    () => split({ inner: chain([squeeze(), invert(squeeze())]) }),
  ],
])("%s on a base of shape %j has events of shape %j", (_name, base, event, make) => {
  const model = flow(standardNormal(base), make());
  expect(model.eventShape).toEqual(event);
  const x = model.sample(3, 7);
  expect(x.shape).toEqual([3, ...event]);
  expect(model.sample(3, 7, undefined, { chunk: 2 }).shape).toEqual([3, ...event]);
  expect(model.logProb(x).shape).toEqual([3]);
  expect(() => model.logProb(tf.zeros([3, ...event.with(-1, 99)]))).toThrow(
    `expected events of shape [${event}]`,
  );
});

test("a flow whose data have another shape than its base is trained on its data", async () => {
  const model = flow(standardNormal([1, 1, 16]), iRevNet({ ...image, hidden: [4] }));
  const data = random(1).normalTensor([8, 4, 4, 1]);
  const { loss } = await fit(model, data, { steps: 2, batchSize: 4 });
  expect(loss).toHaveLength(2);
  expect(Number.isFinite(loss[1])).toBe(true);
  // It preserves volume and starts as squeezes alone: the density of a standard normal's.
  const fresh = flow(standardNormal([1, 1, 16]), iRevNet({ ...image, hidden: [4] }));
  const squares = tf.sum(tf.square(data), [1, 2, 3]).dataSync();
  fresh
    .logProb(data)
    .dataSync()
    .forEach((one, i) => void expect(one).toBeCloseTo(-squares[i] / 2 - 8 * Math.log(2 * Math.PI), 3));
});

test("one that tells nothing of its sizes is taken as it is", () => {
  const { shapeAfter: _, ...silent } = realNVP(two);
  expect(flow(standardNormal([3]), silent).eventShape).toEqual([3]);
  expect(flow(standardNormal([3]), chain([affine(), silent])).eventShape).toEqual([3]);
});
