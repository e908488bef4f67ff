import { convNet } from "../../conditioners/conv-net.ts";
import { gatedConvNet } from "../../conditioners/gated-conv-net.ts";
import { tf } from "../../engine/tf.ts";
import { glow } from "../../flows/glow.ts";
import { random } from "../../random/random.ts";
import { affineTransformer } from "../../transformers/affine.ts";
import { chain } from "../composition/chain.ts";
import { coupling } from "../coupling/coupling.ts";
import { channelMask } from "../coupling/masks.ts";
import { affine } from "../elementwise/affine.ts";
import { logitTransform } from "../elementwise/logit-transform.ts";
import { glowStep } from "../image/glow-step.ts";
import { multiscale } from "../image/multiscale.ts";
import { split } from "../image/split.ts";
import { squeeze } from "../image/squeeze.ts";
import { invertible1x1Convolution } from "../linear/invertible-1x1-convolution.ts";
import { actNorm } from "../normalization/act-norm.ts";
import { type BijectionCase, FAR, LINE, points, scatter } from "./case.ts";
import { exactActNorm } from "./float64/act-norm.ts";
import { exactAffine } from "./float64/affine.ts";
import { exactChain } from "./float64/composition.ts";
import { exactConvNet } from "./float64/conv-net.ts";
import { exactCoupling } from "./float64/coupling.ts";
import { exactGatedConvNet } from "./float64/gated-conv-net.ts";
import { exactGlow, exactGlowStep } from "./float64/glow.ts";
import { exactFullConvolution, exactPluConvolution } from "./float64/invertible-1x1-convolution.ts";
import { exactMultiscale } from "./float64/multiscale.ts";
import { withContextChannels } from "./float64/network.ts";
import { elementwise } from "./float64/scalar-map.ts";
import { exactSplit } from "./float64/split.ts";
import { exactSqueeze, type Shape } from "./float64/squeeze.ts";
import { weights } from "./float64/weights.ts";

/** A network that has seen numbers of size 1 may say anything of larger ones. */
const NEAR = [-10, 0, 10];

/** Maps of images [height, width, channels], and of the channels at one position. */
export const imageCases: Record<string, BijectionCase> = {
  squeeze: {
    create: () => squeeze(),
    event: [1, 2, 8],
    z: points(16),
    extremeZ: FAR,
    extremeX: FAR,
    reference: () => ({
      forward: (z) => Array.from({ length: 16 }, (_, x) => z[SQUEEZED.indexOf(x)]),
      inverse: (x) => SQUEEZED.map((from) => x[from]),
    }),
  },
  "actNorm of a vector": {
    create: () => actNormOfBatch(),
    event: [3],
    z: points(3),
    extremeZ: FAR,
    extremeX: FAR,
    jacobian: "diagonal",
    reference: (parameters, _, state) => exactActNorm(weights(parameters, state)),
  },
  "actNorm of an image": {
    create: () => chain([squeeze(), scatter(actNorm({ dimensions: 1 }))]),
    reference: (parameters, _, state) =>
      exactChain([exactSqueeze([2, 4, 1]), exactActNorm(weights(parameters, state))]),
    event: [1, 2, 4],
    z: points(8),
    extremeZ: FAR,
    extremeX: FAR,
  },
  "invertible 1×1 convolution, full": {
    create: () => scatter(invertible1x1Convolution({ channels: 4, form: "full", seed: 2 }), 0.1),
    reference: (parameters) => exactFullConvolution(weights(parameters), 4),
    event: [4],
    z: points(4),
    extremeZ: FAR,
    extremeX: FAR,
  },
  "invertible 1×1 convolution, PLU": {
    create: () => scatter(invertible1x1Convolution({ channels: 4, seed: 3 }), 0.2),
    reference: (parameters, _, state) => exactPluConvolution(weights(parameters, state)),
    event: [4],
    z: points(4),
    extremeZ: FAR,
    extremeX: FAR,
  },
  "logit transform": {
    create: () => logitTransform({ alpha: 0.1 }),
    z: LINE,
    domain: { x: [0, 1] },
    extremeZ: [-1e4, -104, -17, 0, 17, 104, 1e4],
    extremeX: [0, 0.5, 1, -0.125, 1.125],
    saturates: true,
    reference: () =>
      elementwise({
        forward: (z) => (1 / (1 + Math.exp(-z)) - 0.1) / 0.8,
        inverse: (x) => Math.log((0.1 + 0.8 * x) / (0.9 - 0.8 * x)),
      }),
  },
  split: {
    create: () => split({ inner: scatter(affine({ scale: [1.5, -0.7] })) }),
    reference: ([logScale, shift]) => {
      const slopes = [Math.exp(logScale[0]), -Math.exp(logScale[1])];
      const inner = elementwise(
        [0, 1, 2, 3].map((i) => ({
          forward: (z) => slopes[i % 2] * z + shift[i % shift.length],
          inverse: (x) => (x - shift[i % shift.length]) / slopes[i % 2],
        })),
      );
      return exactSplit(inner, 4, 2);
    },
    event: [2, 1, 4],
    z: points(8),
    extremeZ: FAR,
    extremeX: FAR,
    jacobian: "diagonal",
  },
  "split that keeps one channel of three": {
    create: () => split({ inner: scatter(actNorm({ dimensions: 1 })), kept: 1 }),
    reference: (parameters, _, state) => exactSplit(exactActNorm(weights(parameters, state)), 3, 1),
    event: [1, 2, 3],
    z: points(6),
    extremeZ: FAR,
    extremeX: FAR,
    jacobian: "diagonal",
  },
  "split with a context": {
    create: () => {
      const mask = channelMask(2, "second");
      const conditioner = convNet({ inputs: 1, outputs: 2, hidden: [3, 3], context: 2 });
      return split({ inner: scatter(coupling({ mask, transformer: affineTransformer(), conditioner })) });
    },
    reference: (parameters, context) => {
      const network = exactConvNet(weights(parameters), { height: 2, width: 1 });
      const inner = exactCoupling({
        changes: (i) => i % 2 === 1,
        scalar: exactAffine,
        network: withContextChannels(network, 1, context),
      });
      return exactSplit(inner, 4, 2);
    },
    event: [2, 1, 4],
    z: points(8),
    context: 2,
    extremeZ: FAR,
    extremeX: FAR,
    jacobian: (i, j) => i === j || (i % 4 === 1 && j % 4 === 0),
  },
  multiscale: {
    create: () =>
      multiscale(
        [4, 8].map((channels) => scatter(invertible1x1Convolution({ channels, form: "full" }), 0.1)),
      ),
    reference: (parameters) => {
      const read = weights(parameters);
      const level = ([, , channels]: Shape) => exactFullConvolution(read, channels);
      return exactMultiscale([4, 4, 1], [level, level]);
    },
    event: [4, 4, 1],
    z: points(16),
    extremeZ: FAR,
    extremeX: FAR,
  },
  "glow step": {
    create: () => scatter(glowStep({ channels: 4, hidden: [6, 5], convolution: "full", context: 2 }), 0.2),
    reference: (parameters, context, state) =>
      exactGlowStep(weights(parameters, state), [2, 1, 4], { convolution: "full", context }),
    event: [2, 1, 4],
    z: points(8),
    context: 2,
    extremeZ: NEAR,
    extremeX: NEAR,
  },
  "channel coupling with a gated convolutional conditioner": {
    create: () => {
      const transformer = affineTransformer();
      const conditioner = gatedConvNet({ inputs: 1, outputs: 4, width: 3, blocks: 1, context: 1 });
      return scatter(coupling({ mask: channelMask(3, "second"), transformer, conditioner }), 0.3);
    },
    reference: (parameters, context) => {
      const network = exactGatedConvNet(weights(parameters), { height: 2, width: 2 }, 1);
      return exactCoupling({
        changes: (i) => i % 3 > 0,
        scalar: exactAffine,
        network: withContextChannels(network, 1, context),
      });
    },
    event: [2, 2, 3],
    z: points(12),
    context: 1,
    extremeZ: NEAR,
    extremeX: NEAR,
    jacobian: (i, j) => i === j || (i % 3 > 0 && j % 3 === 0),
  },
  glow: {
    create: () =>
      scatter(glow({ height: 4, width: 4, channels: 1, levels: 2, steps: [2, 1], hidden: [4, 4] }), 0.1),
    reference: (parameters, _, state) => exactGlow(weights(parameters, state), [4, 4, 1], [2, 1]),
    event: [4, 4, 1],
    z: points(16).slice(0, 2),
    extremeZ: [-3, 0, 3],
    extremeX: [-3, 0, 3],
    // Three steps, each of which enlarges the rounding of the one before: round trips are off by 1e-5.
    tolerance: 3e-5,
  },
};

/** Where each number of a squeezed image [1, 2, 8] comes from in the image [2, 4, 2], written down by hand. */
const SQUEEZED = [0, 1, 2, 3, 8, 9, 10, 11, 4, 5, 6, 7, 12, 13, 14, 15];

function actNormOfBatch() {
  const map = actNorm({ dimensions: 3 });
  tf.tidy(() => map.initialize?.(random(4).normalTensor([50, 3], 2, 3)));
  return map;
}
