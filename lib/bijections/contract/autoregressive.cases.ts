import { made } from "../../conditioners/made.ts";
import type { Order } from "../../conditioners/order.ts";
import { affineTransformer } from "../../transformers/affine.ts";
import { mixtureLogisticCdf } from "../../transformers/mixtures/mixture-logistic-cdf.ts";
import { mixtureNormalCdf } from "../../transformers/mixtures/mixture-normal-cdf.ts";
import { nonlinearSquared } from "../../transformers/nonlinear-squared.ts";
import { cubicSpline } from "../../transformers/splines/cubic-spline.ts";
import { piecewiseLinearTransformer } from "../../transformers/splines/piecewise-linear.ts";
import { quadraticSpline } from "../../transformers/splines/quadratic-spline.ts";
import { rationalQuadratic } from "../../transformers/splines/rational-quadratic.ts";
import type { Transformer } from "../../transformers/transformer.ts";
import { autoregressive } from "../autoregressive/autoregressive.ts";
import type { SolverOptions } from "../autoregressive/solver.ts";
import { invert } from "../composition/invert.ts";
import { ANGLES, type BijectionCase, FAR, points, type Reference, scatter } from "./case.ts";
import { exactAffine } from "./float64/affine.ts";
import { exactAutoregressive } from "./float64/autoregressive.ts";
import { exactInvert } from "./float64/composition.ts";
import { exactCubicSpline } from "./float64/cubic-spline.ts";
import { exactMade } from "./float64/made.ts";
import { exactMixtureLogisticCdf } from "./float64/mixture-logistic-cdf.ts";
import { exactMixtureNormalCdf } from "./float64/mixture-normal-cdf.ts";
import { exactNonlinearSquared } from "./float64/nonlinear-squared.ts";
import { exactPiecewiseLinear } from "./float64/piecewise-linear.ts";
import { exactQuadraticSpline } from "./float64/quadratic-spline.ts";
import { exactRationalQuadratic } from "./float64/rational-quadratic.ts";
import type { Scalar } from "./float64/scalar-map.ts";
import { weights } from "./float64/weights.ts";

type Groups = readonly (readonly number[])[];

/** Where a spline is nearly flat, rounding grows: at a slope of 1/100, a hundredfold. */
const NEAR_IDENTITY = { deviation: 0.2 };
const NATURAL = [[0], [1], [2]];
const REVERSED = [[2], [1], [0]];
const GROUPS = [
  [3, 0],
  [1, 2],
];

/** Each case has so few groups that no residual but 0 ends it before it is exact to rounding. */
const JACOBI = { solver: { solver: "jacobi", tolerance: 1e-6 } } as const;
const SOLVED = { unboundedError: true, residual: 5e-6 };

/** Autoregressive maps over every kind of transformer, in several orders. */
export const autoregressiveCases: Record<string, BijectionCase> = {
  "affine autoregressive": {
    create: () => maskWeights(affineTransformer(), [...NATURAL, [3]]),
    reference: exactMasked(exactAffine, [...NATURAL, [3]]),
    ...vectors(4),
    jacobian: "lower triangular",
  },
  "affine autoregressive, reversed, with a context": {
    create: () => maskWeights(affineTransformer(), REVERSED, { context: 2 }),
    reference: exactMasked(exactAffine, REVERSED),
    ...vectors(3),
    context: 2,
    jacobian: "upper triangular",
  },
  "piecewise-linear autoregressive": {
    create: () => maskWeights(piecewiseLinearTransformer({ bins: 5 }), NATURAL, NEAR_IDENTITY),
    reference: exactMasked(exactPiecewiseLinear(5), NATURAL),
    ...vectors(3),
    // At ±3 the slope jumps, and rounding decides on which side of it a number is.
    domain: { z: [-2.9, 2.9], x: [-2.9, 2.9] },
    jacobian: "lower triangular",
  },
  "quadratic-spline autoregressive": {
    create: () => maskWeights(quadraticSpline({ bins: 4 }), NATURAL, NEAR_IDENTITY),
    reference: exactMasked(exactQuadraticSpline(4), NATURAL),
    ...vectors(3),
    jacobian: "lower triangular",
  },
  "cubic-spline autoregressive": {
    create: () => maskWeights(cubicSpline({ bins: 4 }), NATURAL, NEAR_IDENTITY),
    reference: exactMasked(exactCubicSpline(4), NATURAL),
    ...vectors(3),
    // The slope jumps at ±3.
    domain: { z: [-2.9, 2.9], x: [-2.9, 2.9] },
    jacobian: "lower triangular",
  },
  "mixture-of-logistics autoregressive": {
    create: () => maskWeights(mixtureLogisticCdf({ components: 2 }), NATURAL, NEAR_IDENTITY),
    reference: exactMasked(exactMixtureLogisticCdf(2), NATURAL),
    ...vectors(3),
    unboundedError: true,
    jacobian: "lower triangular",
  },
  "mixture-of-normals autoregressive": {
    create: () => maskWeights(mixtureNormalCdf({ components: 3 }), NATURAL, NEAR_IDENTITY),
    reference: exactMasked(exactMixtureNormalCdf(3), NATURAL),
    ...vectors(3),
    unboundedError: true,
    jacobian: "lower triangular",
  },
  "nonlinear-squared autoregressive": {
    create: () => maskWeights(nonlinearSquared(), REVERSED, NEAR_IDENTITY),
    reference: exactMasked(exactNonlinearSquared, REVERSED),
    ...vectors(3),
    jacobian: "upper triangular",
  },
  "rational-quadratic autoregressive in groups": {
    create: () => maskWeights(rationalQuadratic({ bins: 4 }), GROUPS, { hidden: [8], ...NEAR_IDENTITY }),
    reference: exactMasked(exactRationalQuadratic({ bins: 4 }), GROUPS, [8]),
    ...vectors(4),
    jacobian: (i, j) => i === j || ((i === 1 || i === 2) && (j === 0 || j === 3)),
  },
  "circular autoregressive": {
    create: () => maskWeights(rationalQuadratic({ bins: 3, circular: true }), REVERSED, NEAR_IDENTITY),
    reference: exactMasked(exactRationalQuadratic({ bins: 3, circular: true }), REVERSED),
    ...vectors(3),
    jacobian: "upper triangular",
    extremeZ: ANGLES,
    extremeX: ANGLES,
    saturates: true,
  },
  "affine autoregressive by Jacobi's iteration": {
    create: () => maskWeights(affineTransformer(), [...NATURAL, [3]], JACOBI),
    reference: exactMasked(exactAffine, [...NATURAL, [3]]),
    ...vectors(4),
    ...SOLVED,
    jacobian: "lower triangular",
  },
  "rational-quadratic autoregressive in groups by Jacobi's iteration": {
    create: () =>
      maskWeights(rationalQuadratic({ bins: 4 }), GROUPS, { hidden: [8], ...NEAR_IDENTITY, ...JACOBI }),
    reference: exactMasked(exactRationalQuadratic({ bins: 4 }), GROUPS, [8]),
    ...vectors(4),
    ...SOLVED,
    jacobian: (i, j) => i === j || ((i === 1 || i === 2) && (j === 0 || j === 3)),
  },
  "inverse autoregressive with a context by Jacobi's iteration": {
    create: () => invert(maskWeights(affineTransformer(), REVERSED, { context: 2, ...JACOBI })),
    reference: (...given) => exactInvert(exactMasked(exactAffine, REVERSED)(...given)),
    ...vectors(3),
    ...SOLVED,
    context: 2,
    jacobian: "upper triangular",
  },
  "inverse autoregressive": {
    create: () => invert(maskWeights(affineTransformer(), NATURAL)),
    reference: (...given) => exactInvert(exactMasked(exactAffine, NATURAL)(...given)),
    ...vectors(3),
    jacobian: "lower triangular",
  },
  "inverse autoregressive with a context": {
    create: () => invert(maskWeights(affineTransformer(), NATURAL, { context: 2 })),
    reference: (...given) => exactInvert(exactMasked(exactAffine, NATURAL)(...given)),
    ...vectors(3),
    context: 2,
    jacobian: "lower triangular",
  },
};

function vectors(dimensions: number) {
  return { event: [dimensions], z: points(dimensions), extremeZ: FAR, extremeX: FAR };
}

function maskWeights(
  transformer: Transformer,
  order: Order,
  {
    hidden = [8, 8],
    context = 0,
    deviation = 0.5,
    solver,
  }: Partial<Record<"context" | "deviation", number>> & { hidden?: number[]; solver?: SolverOptions } = {},
) {
  const { parameters } = transformer;
  const inputs = order.flat().length;
  const conditioner = made({ inputs, parameters, order, hidden, activation: "tanh", context });
  return scatter(autoregressive({ transformer, conditioner, ...solver }), deviation);
}

function exactMasked(scalar: Scalar, order: Groups, hidden = [8, 8]): BijectionCase["reference"] {
  return (parameters: number[][], context: number[]): Reference => {
    const options = { order, parameters: scalar.parameters, hidden, context };
    return exactAutoregressive(scalar, exactMade(weights(parameters), options), order);
  };
}
