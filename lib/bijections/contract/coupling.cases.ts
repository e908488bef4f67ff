import type { Conditioner } from "../../conditioners/conditioner.ts";
import { made } from "../../conditioners/made.ts";
import { mlp } from "../../conditioners/mlp.ts";
import { residualMlp } from "../../conditioners/residual-mlp.ts";
import { tf } from "../../engine/tf.ts";
import { additive } from "../../transformers/additive.ts";
import { affineTransformer } from "../../transformers/affine.ts";
import { rationalQuadratic } from "../../transformers/rational-quadratic.ts";
import { autoregressive } from "../autoregressive.ts";
import { batchNorm } from "../batch-norm.ts";
import { coupling } from "../coupling.ts";
import { invert } from "../invert.ts";
import { alternatingMask, channelMask, checkerboardMask, halfMask } from "../masks.ts";
import { permutation } from "../permutation.ts";
import { type BijectionCase, FAR, points, type Reference, scattered } from "./case.ts";

const ACTIVATION = "tanh";
const IMAGE = [2, 2, 3];

/** Couplings, autoregressive flows, and what stands between them. */
export const couplingCases: Record<string, BijectionCase> = {
  "affine coupling": {
    create: () => scattered(coupling({ ...affineParts(2, 3), mask: halfMask(5, "second") })),
    reference: affineReference([0, 1], [2, 3, 4]),
    ...vectors(5),
    jacobian: (i, j) => i === j || (i >= 2 && j < 2),
  },
  "affine coupling with an alternating mask and a context": {
    create: () =>
      scattered(coupling({ ...affineParts(2, 3, { context: 2 }), mask: alternatingMask(5, "even") })),
    reference: affineReference([1, 3], [0, 2, 4]),
    ...vectors(5),
    context: 2,
    jacobian: (i, j) => i === j || (i % 2 === 0 && j % 2 === 1),
  },
  "additive coupling of the first half": {
    create: () =>
      scattered(
        coupling({
          mask: halfMask(4, "first"),
          transformer: additive(),
          conditioner: residualMlp({ inputs: 2, outputs: 2, width: 8, activation: ACTIVATION }),
        }),
      ),
    ...vectors(4),
    jacobian: (i, j) => i === j || (i < 2 && j >= 2),
  },
  "rational-quadratic coupling with explicit flags": {
    create: () => {
      const transformer = rationalQuadratic({ bins: 4 });
      const conditioner = network({ inputs: 2, outputs: transformer.parameters });
      return scattered(coupling({ mask: [false, true, false], transformer, conditioner }));
    },
    ...vectors(3),
    jacobian: (i, j) => i === j || i === 1,
  },
  "affine coupling of channels": {
    create: () => scattered(coupling({ ...affineParts(1, 2), mask: channelMask(3, "second") })),
    ...images(),
    jacobian: (i, j) => i === j || (i % 3 > 0 && j === i - (i % 3)),
  },
  "affine coupling of a checkerboard": {
    create: () => scattered(coupling({ ...pixelParts(), mask: checkerboardMask(2, 2, "odd") })),
    ...images(),
    jacobian: (i, j) => i === j || (isOdd(i) && !isOdd(j)),
    withoutConfig: true,
  },
  "affine autoregressive": {
    create: () => scattered(autoregressive(maskedParts(4))),
    ...vectors(4),
    jacobian: "lower triangular",
  },
  "affine autoregressive, reversed, with a context": {
    create: () => scattered(autoregressive(maskedParts(3, { order: "reverse", context: 2 }))),
    ...vectors(3),
    context: 2,
    jacobian: "upper triangular",
  },
  "rational-quadratic autoregressive in groups": {
    create: () => {
      const transformer = rationalQuadratic({ bins: 4 });
      const { parameters } = transformer;
      const order = [
        [3, 0],
        [1, 2],
      ];
      const conditioner = made({ inputs: 4, parameters, order, hidden: [8], activation: ACTIVATION });
      // Not far from the identity: where a number crosses a bin edge, differences mean nothing.
      return scattered(autoregressive({ transformer, conditioner }), 0.2);
    },
    ...vectors(4),
    jacobian: (i, j) => i === j || ((i === 1 || i === 2) && (j === 0 || j === 3)),
  },
  "inverse autoregressive": {
    create: () => invert(scattered(autoregressive(maskedParts(3)))),
    ...vectors(3),
    jacobian: "lower triangular",
  },
  permutation: {
    create: () => permutation([2, 0, 3, 1]),
    reference: () => ({
      forward: (z) => [z[2], z[0], z[3], z[1]],
      inverse: (x) => [x[1], x[3], x[0], x[2]],
    }),
    ...vectors(4),
  },
  "batch norm": {
    create: trainedBatchNorm,
    reference: ([logScale, shift]) => {
      const slope = logScale.map((g, i) => Math.exp(g) / Math.sqrt(Math.fround(VARIANCE[i]) + 1e-5));
      return {
        forward: (z) => z.map((v, i) => (v - shift[i]) / slope[i] + MEAN[i]),
        inverse: (x) => x.map((v, i) => (v - MEAN[i]) * slope[i] + shift[i]),
      };
    },
    ...vectors(3),
    jacobian: "diagonal",
  },
};

const MEAN = [0.5, -1.25, 2];
const VARIANCE = [0.25, 1.5, 4];

function trainedBatchNorm() {
  const bijection = scattered(batchNorm({ dimensions: 3 }));
  tf.tidy(() => {
    [MEAN, VARIANCE].forEach((values, i) => {
      bijection.state?.[i].assign(tf.tensor1d(values));
    });
  });
  return bijection;
}

function vectors(size: number) {
  return { event: [size], z: points(size), extremeZ: FAR, extremeX: FAR };
}

function images() {
  return { event: IMAGE, z: points(12).slice(0, 3), extremeZ: FAR, extremeX: FAR };
}

function network(options: { inputs: number; outputs: number; context?: number }) {
  return mlp({ hidden: [8, 8], activation: ACTIVATION, ...options });
}

function affineParts(inputs: number, transformed: number, options: { context?: number } = {}) {
  const transformer = affineTransformer();
  const outputs = transformed * transformer.parameters;
  return { transformer, conditioner: network({ inputs, outputs, ...options }) };
}

function maskedParts(inputs: number, options: { order?: "reverse"; context?: number } = {}) {
  const transformer = affineTransformer();
  const { parameters } = transformer;
  return {
    transformer,
    conditioner: made({ inputs, parameters, hidden: [8, 8], activation: ACTIVATION, ...options }),
  };
}

/** A network that sees the whole image at once, so that every pixel depends on all that are kept. */
function pixelParts() {
  const transformer = affineTransformer();
  const inner = network({ inputs: 12, outputs: 12 * transformer.parameters });
  const conditioner: Conditioner = {
    variables: inner.variables,
    apply: (input) => {
      const batch = input.shape.slice(0, -3);
      const [height, width, channels] = IMAGE;
      const rows = tf.reshape(input, [...batch, height * width * channels]);
      return tf.reshape(inner.apply(rows), [...batch, height, width, channels * transformer.parameters]);
    },
  };
  return { transformer, conditioner };
}

function isOdd(i: number): boolean {
  const pixel = Math.floor(i / 3);
  return (Math.floor(pixel / 2) + (pixel % 2)) % 2 === 1;
}

/** x_b = z_b·exp(s) + t with t, a = network(x_a, context) and s = 3·tanh(a/3). */
function affineReference(kept: number[], changed: number[]) {
  return (parameters: number[][], context: number[]): Reference => {
    const steered = (event: number[]) => {
      const outputs = perceptron(parameters, [...kept.map((i) => event[i]), ...context]);
      return changed.map((i, k) => ({ i, t: outputs[2 * k], s: 3 * Math.tanh(outputs[2 * k + 1] / 3) }));
    };
    return {
      forward: (z) => steered(z).reduce((x, { i, t, s }) => x.with(i, z[i] * Math.exp(s) + t), z),
      inverse: (x) => steered(x).reduce((z, { i, t, s }) => z.with(i, (x[i] - t) * Math.exp(-s)), x),
    };
  };
}

/** Weights and biases, layer by layer, weights [inputs, outputs] flattened. */
function perceptron(parameters: number[][], input: number[]): number[] {
  let values = input;
  for (let k = 0; k < parameters.length; k += 2) {
    const [weights, biases] = [parameters[k], parameters[k + 1]];
    const inner = k === 0 ? values : values.map(Math.tanh);
    values = biases.map((bias, j) =>
      inner.reduce((sum, v, i) => sum + v * weights[i * biases.length + j], bias),
    );
  }
  return values;
}
