import type { Conditioner } from "../../conditioners/conditioner.ts";
import { mlp } from "../../conditioners/mlp.ts";
import { residualMlp } from "../../conditioners/residual-mlp.ts";
import { tf } from "../../engine/tf.ts";
import { additive } from "../../transformers/additive.ts";
import { affineTransformer } from "../../transformers/affine.ts";
import { mixtureLogisticCdf } from "../../transformers/mixtures/mixture-logistic-cdf.ts";
import { nonlinearSquared } from "../../transformers/nonlinear-squared.ts";
import { cubicSpline } from "../../transformers/splines/cubic-spline.ts";
import { piecewiseLinearTransformer } from "../../transformers/splines/piecewise-linear.ts";
import { quadraticSpline } from "../../transformers/splines/quadratic-spline.ts";
import { rationalQuadratic } from "../../transformers/splines/rational-quadratic.ts";
import type { Transformer } from "../../transformers/transformer.ts";
import { chain } from "../composition/chain.ts";
import { invert } from "../composition/invert.ts";
import { coupling } from "../coupling/coupling.ts";
import { alternatingMask, channelMask, checkerboardMask, halfMask, type Mask } from "../coupling/masks.ts";
import { reversePermutation } from "../linear/permutation.ts";
import { ANGLES, type BijectionCase, FAR, points, type Reference, scatter } from "./case.ts";
import { exactAdditive } from "./float64/additive.ts";
import { exactAffine } from "./float64/affine.ts";
import { exactChain, exactInvert } from "./float64/composition.ts";
import { exactCoupling } from "./float64/coupling.ts";
import { exactCubicSpline } from "./float64/cubic-spline.ts";
import { exactMixtureLogisticCdf } from "./float64/mixture-logistic-cdf.ts";
import { exactMlp } from "./float64/mlp.ts";
import { perPixel, withContext } from "./float64/network.ts";
import { exactNonlinearSquared } from "./float64/nonlinear-squared.ts";
import { exactPiecewiseLinear } from "./float64/piecewise-linear.ts";
import { exactQuadraticSpline } from "./float64/quadratic-spline.ts";
import { exactRationalQuadratic } from "./float64/rational-quadratic.ts";
import { exactResidualMlp } from "./float64/residual-mlp.ts";
import type { Scalar } from "./float64/scalar-map.ts";
import { type Weights, weights } from "./float64/weights.ts";

const ACTIVATION = "tanh";
const IMAGE = [2, 2, 3];
/** Where a spline is nearly flat, rounding grows: at a slope of 1/100, a hundredfold. */
const NEAR_IDENTITY = { deviation: 0.25 };
const isOdd = (i: number) => i % 2 === 1;
const isEven = (i: number) => i % 2 === 0;

/** Couplings over every kind of transformer and mask. */
export const couplingCases: Record<string, BijectionCase> = {
  "affine coupling": {
    create: () => steer(halfMask(5, "second"), affineTransformer()),
    reference: (parameters, context) =>
      exactSteered(weights(parameters), exactAffine, (i) => i >= 2, context),
    ...vectors(5),
    jacobian: (i, j) => i === j || (i >= 2 && j < 2),
  },
  "affine coupling with an alternating mask and a context": {
    create: () => steer(alternatingMask(5, "even"), affineTransformer(), { context: 2 }),
    reference: (parameters, context) => exactSteered(weights(parameters), exactAffine, isEven, context),
    ...vectors(5),
    context: 2,
    jacobian: (i, j) => i === j || (isEven(i) && isOdd(j)),
  },
  "inverted affine coupling with a context": {
    create: () => invert(steer(halfMask(3, "first"), affineTransformer(), { context: 2 })),
    reference: (parameters, context) =>
      exactInvert(exactSteered(weights(parameters), exactAffine, (i) => i < 1, context)),
    ...vectors(3),
    context: 2,
    jacobian: (i, j) => i === j || (i < 1 && j >= 1),
  },
  "chain of couplings, one of them without a context": {
    create: () =>
      chain([
        steer(halfMask(3, "second"), affineTransformer(), { context: 2 }),
        reversePermutation(3),
        steer(halfMask(3, "first"), additive()),
      ]),
    reference: (parameters, context) => {
      const read = weights(parameters);
      const reverse = (event: number[]) => event.toReversed();
      return exactChain([
        exactSteered(read, exactAffine, (i) => i >= 1, context),
        { forward: reverse, inverse: reverse },
        exactSteered(read, exactAdditive, (i) => i < 1, []),
      ]);
    },
    ...vectors(3),
    context: 2,
  },
  "additive coupling of the first half": {
    create: () =>
      scatter(
        coupling({
          mask: halfMask(4, "first"),
          transformer: additive(),
          conditioner: residualMlp({ inputs: 2, outputs: 2, width: 8, activation: ACTIVATION }),
        }),
      ),
    reference: (parameters) =>
      exactCoupling({
        changes: (i) => i < 2,
        scalar: exactAdditive,
        network: exactResidualMlp(weights(parameters), 2),
      }),
    ...vectors(4),
    jacobian: (i, j) => i === j || (i < 2 && j >= 2),
  },
  "piecewise-linear coupling": {
    create: () => steer(alternatingMask(4, "odd"), piecewiseLinearTransformer({ bins: 5 })),
    reference: (parameters, context) =>
      exactSteered(weights(parameters), exactPiecewiseLinear(5), isOdd, context),
    ...vectors(4),
    jacobian: (i, j) => i === j || (isOdd(i) && isEven(j)),
  },
  "quadratic-spline coupling": {
    create: () => steer(halfMask(4, "second"), quadraticSpline({ bins: 5 }), NEAR_IDENTITY),
    reference: (parameters, context) =>
      exactSteered(weights(parameters), exactQuadraticSpline(5), (i) => i >= 2, context),
    ...vectors(4),
    jacobian: (i, j) => i === j || (i >= 2 && j < 2),
  },
  "cubic-spline coupling": {
    create: () => steer(halfMask(4, "second"), cubicSpline({ bins: 5 }), NEAR_IDENTITY),
    reference: (parameters, context) =>
      exactSteered(weights(parameters), exactCubicSpline(5), (i) => i >= 2, context),
    ...vectors(4),
    // The slope jumps at ±3.
    domain: { z: [-2.9, 2.9], x: [-2.9, 2.9] },
    jacobian: (i, j) => i === j || (i >= 2 && j < 2),
  },
  "mixture-of-logistics coupling": {
    create: () => steer(halfMask(4, "first"), mixtureLogisticCdf({ components: 3 }), NEAR_IDENTITY),
    reference: (parameters, context) =>
      exactSteered(weights(parameters), exactMixtureLogisticCdf(3), (i) => i < 2, context),
    ...vectors(4),
    jacobian: (i, j) => i === j || (i < 2 && j >= 2),
  },
  "nonlinear-squared coupling with a context": {
    create: () => steer(halfMask(4, "second"), nonlinearSquared(), { context: 2, ...NEAR_IDENTITY }),
    reference: (parameters, context) =>
      exactSteered(weights(parameters), exactNonlinearSquared, (i) => i >= 2, context),
    ...vectors(4),
    context: 2,
    jacobian: (i, j) => i === j || (i >= 2 && j < 2),
  },
  "rational-quadratic coupling with explicit flags": {
    create: () => steer([false, true, false], rationalQuadratic({ bins: 4 }), NEAR_IDENTITY),
    reference: (parameters, context) =>
      exactSteered(weights(parameters), exactRationalQuadratic({ bins: 4 }), isOdd, context),
    ...vectors(3),
    jacobian: (i, j) => i === j || i === 1,
  },
  "rational-quadratic coupling with a context": {
    create: () =>
      steer(halfMask(3, "second"), rationalQuadratic({ bins: 3, interval: [-2, 4] }), {
        context: 1,
        ...NEAR_IDENTITY,
      }),
    reference: (parameters, context) => {
      const scalar = exactRationalQuadratic({ bins: 3, interval: [-2, 4] });
      return exactSteered(weights(parameters), scalar, (i) => i >= 1, context);
    },
    ...vectors(3),
    context: 1,
    jacobian: (i, j) => i === j || j === 0,
  },
  "circular coupling": {
    create: () => steer(halfMask(3, "second"), rationalQuadratic({ bins: 3, circular: true }), NEAR_IDENTITY),
    reference: (parameters, context) => {
      const scalar = exactRationalQuadratic({ bins: 3, circular: true });
      return exactSteered(weights(parameters), scalar, (i) => i >= 1, context);
    },
    ...vectors(3),
    jacobian: (i, j) => i === j || j === 0,
    extremeZ: ANGLES,
    extremeX: ANGLES,
    saturates: true,
  },
  "affine coupling of channels": {
    create: () => {
      const conditioner = network({ inputs: 1, outputs: 4 });
      return scatter(
        coupling({ mask: channelMask(3, "second"), transformer: affineTransformer(), conditioner }),
      );
    },
    reference: (parameters) =>
      exactCoupling({
        changes: (i) => i % 3 > 0,
        scalar: exactAffine,
        network: perPixel(exactMlp(weights(parameters), 3), 1),
      }),
    ...images(),
    jacobian: (i, j) => i === j || (i % 3 > 0 && j === i - (i % 3)),
  },
  "affine coupling of a checkerboard": {
    create: () => scatter(coupling({ ...pixelParts(), mask: checkerboardMask(2, 2, "odd") })),
    reference: (parameters) =>
      exactCoupling({
        changes: isOnOddField,
        scalar: exactAffine,
        network: exactMlp(weights(parameters), 3),
        sees: "everything",
      }),
    ...images(),
    jacobian: (i, j) => i === j || (isOnOddField(i) && !isOnOddField(j)),
    withoutConfig: true,
  },
};

function vectors(dimensions: number) {
  return { event: [dimensions], z: points(dimensions), extremeZ: FAR, extremeX: FAR };
}

function images() {
  return { event: IMAGE, z: points(12).slice(0, 3), extremeZ: FAR, extremeX: FAR };
}

function network(options: { inputs: number; outputs: number; context?: number }) {
  return mlp({ hidden: [8, 8], activation: ACTIVATION, ...options });
}

/** A coupling of vectors steered by a perceptron. */
function steer(
  mask: Mask | readonly boolean[],
  transformer: Transformer,
  { context = 0, deviation = 0.5 }: { context?: number; deviation?: number } = {},
) {
  const flags = ("over" in mask ? mask.selected : mask) as readonly boolean[];
  const changed = flags.filter(Boolean).length;
  const outputs = changed * transformer.parameters;
  const conditioner = network({ inputs: flags.length - changed, outputs, context });
  return scatter(coupling({ mask, transformer, conditioner }), deviation);
}

function exactSteered(
  read: Weights,
  scalar: Scalar,
  changes: (i: number) => boolean,
  context: number[],
): Reference {
  return exactCoupling({ changes, scalar, network: withContext(exactMlp(read, 3), context) });
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

function isOnOddField(i: number): boolean {
  const pixel = Math.floor(i / 3);
  return (Math.floor(pixel / 2) + (pixel % 2)) % 2 === 1;
}
