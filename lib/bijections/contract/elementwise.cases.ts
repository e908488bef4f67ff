import { mixtureLogisticCdf } from "../../transformers/mixtures/mixture-logistic-cdf.ts";
import { nonlinearSquared } from "../../transformers/nonlinear-squared.ts";
import { cubicSpline } from "../../transformers/splines/cubic-spline.ts";
import { quadraticSpline } from "../../transformers/splines/quadratic-spline.ts";
import { chain } from "../composition/chain.ts";
import { invert } from "../composition/invert.ts";
import { affine } from "../elementwise/affine.ts";
import { elementwise as elementwiseMap } from "../elementwise/elementwise.ts";
import { leakyRelu } from "../elementwise/leaky-relu.ts";
import { monotone } from "../elementwise/monotone.ts";
import { piecewiseLinear } from "../elementwise/piecewise-linear.ts";
import { rationalQuadraticSpline } from "../elementwise/rational-quadratic-spline.ts";
import { rotation } from "../elementwise/rotation.ts";
import { logit, sigmoid } from "../elementwise/sigmoid.ts";
import { softplus } from "../elementwise/softplus.ts";
import { tanh } from "../elementwise/tanh.ts";
import { ANGLES, type BijectionCase, FAR, LINE, points, scatter } from "./case.ts";
import { logistic, softplus as softplusOf } from "./float64/activation.ts";
import { bisect } from "./float64/bisect.ts";
import { exactChain, exactInvert } from "./float64/composition.ts";
import { cubicKnots, exactCubicSpline } from "./float64/cubic-spline.ts";
import { exactMixtureLogisticCdf } from "./float64/mixture-logistic-cdf.ts";
import { exactNonlinearSquared } from "./float64/nonlinear-squared.ts";
import { exactPiecewiseLinear, linearEdges } from "./float64/piecewise-linear.ts";
import { exactQuadraticSpline, quadraticKnots } from "./float64/quadratic-spline.ts";
import { exactRationalQuadratic, splineKnots } from "./float64/rational-quadratic.ts";
import { elementwise, type ScalarMap } from "./float64/scalar-map.ts";

const UNIT = [0, 1e-38, 0.5, 1 - 2 ** -24, 1];
const SIGMOID_REACH = [-1e4, -104, -17, 0, 17, 104, 1e4];
/** Whole turns are taken off and do not come back. */
const CIRCLE_ENDS = { extremeZ: ANGLES, extremeX: ANGLES, saturates: true };
const toLogit = (x: number) => Math.log(x / (1 - x));

/** Maps of one variable. */
export const elementwiseCases: Record<string, BijectionCase> = {
  affine: {
    create: () => affine({ scale: -1.7, shift: 0.6 }),
    reference: ([[logScale], [shift]]) => elementwise(line(-Math.exp(logScale), shift)),
    z: LINE,
    extremeZ: FAR,
    extremeX: FAR,
  },
  "leaky ReLU": {
    create: () => leakyRelu(0.2),
    reference: () => elementwise(bend(0.2)),
    z: LINE,
    extremeZ: FAR,
    extremeX: FAR,
  },
  sigmoid: {
    create: () => sigmoid(),
    reference: () => elementwise({ forward: logistic, inverse: toLogit }),
    z: LINE,
    domain: { x: [0.01, 0.99] },
    extremeZ: SIGMOID_REACH,
    extremeX: UNIT,
    saturates: true,
  },
  logit: {
    create: () => logit(),
    reference: () => elementwise({ forward: toLogit, inverse: logistic }),
    z: LINE.map(([z]) => [logistic(z)]),
    domain: { z: [0.01, 0.99] },
    extremeZ: UNIT,
    extremeX: SIGMOID_REACH,
    saturates: true,
  },
  monotone: { create: steep, reference: steps, z: LINE, extremeZ: FAR, extremeX: FAR },
  "inverted monotone": {
    create: () => invert(steep()),
    reference: (parameters) => exactInvert(steps(parameters)),
    z: LINE,
    extremeZ: FAR,
    extremeX: FAR,
  },
  tanh: {
    create: () => tanh(),
    reference: () => elementwise({ forward: Math.tanh, inverse: Math.atanh }),
    z: LINE,
    domain: { x: [-0.99, 0.99] },
    extremeZ: SIGMOID_REACH,
    extremeX: [-1, -1 + 2 ** -24, 0, 1 - 2 ** -24, 1],
    saturates: true,
  },
  softplus: {
    create: () => softplus(),
    reference: () => elementwise({ forward: softplusOf, inverse: (x) => x + Math.log(-Math.expm1(-x)) }),
    z: LINE,
    domain: { x: [0.01, 6] },
    extremeZ: SIGMOID_REACH,
    extremeX: [0, 1e-38, 1e-4, 17, 104, 1e4],
    saturates: true,
  },
  "piecewise linear": {
    create: () => scatter(piecewiseLinear({ bins: 5, interval: [-2, 3] })),
    reference: ([params]) => elementwise(exactPiecewiseLinear(5, [-2, 3]).at(params)),
    edges: ([params]) => inner(linearEdges(params, [-2, 3])),
    // Off the edges −2, −1, 0, 1, 2, 3.
    z: [-7.5, -1.7, -0.4, 0.3, 0.9, 2.1, 3.2].map((v) => [v]),
    extremeZ: [-1e4, -2, -1, 0, 1, 2, 3, 1e4],
    extremeX: [-1e4, -2, 3, 1e4],
  },
  "rational-quadratic spline": {
    create: () => scatter(rationalQuadraticSpline({ bins: 4, interval: [-2, 3] })),
    reference: ([params]) => elementwise(exactRationalQuadratic({ bins: 4, interval: [-2, 3] }).at(params)),
    edges: ([params]) => inner(splineKnots(params, { bins: 4, interval: [-2, 3] })),
    z: [-7.5, -1.7, -0.4, 0.3, 0.9, 2.1, 3.2].map((v) => [v]),
    extremeZ: [-1e4, -2, 3, 1e4],
    extremeX: [-1e4, -2, 3, 1e4],
  },
  "quadratic spline": {
    create: () => scatter(elementwiseMap({ transformer: quadraticSpline({ bins: 4, interval: [-2, 3] }) })),
    reference: ([params]) => elementwise(exactQuadraticSpline(4, [-2, 3]).at(params)),
    edges: ([params]) => inner(quadraticKnots(params, 4, [-2, 3])),
    z: [-7.5, -1.7, -0.4, 0.3, 0.9, 2.1, 3.2].map((v) => [v]),
    extremeZ: [-1e4, -2, 3, 1e4],
    extremeX: [-1e4, -2, 3, 1e4],
  },
  "cubic spline": {
    create: () => scatter(elementwiseMap({ transformer: cubicSpline({ bins: 4, interval: [-2, 3] }) })),
    reference: ([params]) => elementwise(exactCubicSpline(4, [-2, 3]).at(params)),
    edges: ([params]) => inner(cubicKnots(params, 4, [-2, 3])),
    z: [-7.5, -1.7, -0.4, 0.3, 0.9, 2.1, 3.2].map((v) => [v]),
    extremeZ: [-1e4, -2, 3, 1e4],
    extremeX: [-1e4, -2, 3, 1e4],
  },
  "mixture of logistics": {
    create: () => scatter(elementwiseMap({ transformer: mixtureLogisticCdf({ components: 3 }) })),
    reference: ([params]) => elementwise(exactMixtureLogisticCdf(3).at(params)),
    z: LINE,
    extremeZ: FAR,
    extremeX: FAR,
  },
  "nonlinear squared": {
    create: () => scatter(elementwiseMap({ transformer: nonlinearSquared() }), 0.8),
    reference: ([params]) => elementwise(exactNonlinearSquared.at(params)),
    z: LINE,
    extremeZ: FAR,
    extremeX: FAR,
  },
  "circular spline": {
    create: () => scatter(rationalQuadraticSpline({ bins: 4, circular: true })),
    reference: ([params]) => elementwise(exactRationalQuadratic({ bins: 4, circular: true }).at(params)),
    edges: ([params]) => inner(splineKnots(params, { bins: 4, interval: [-Math.PI, Math.PI] })),
    // Off the edges −1.69, 0.39, 2.10.
    z: [-2.3, -1.1, -0.4, 0.3, 0.9, 2.3].map((v) => [v]),
    ...CIRCLE_ENDS,
  },
  rotation: {
    // By −3.6: most points are led over the end of the circle, none near to it.
    create: () => scatter(rotation(), 40),
    reference: ([[angle]]) => elementwise(turn(angle, 2 * Math.PI)),
    z: [-3, -1.1, -0.4, 0.3, 0.9, 3].map((v) => [v]),
    ...CIRCLE_ENDS,
  },
  "rotation of each element, by hours": {
    create: () => scatter(rotation({ shape: [2], period: 24 }), 60),
    event: [2],
    reference: ([angles]) => elementwise(angles.map((angle) => turn(angle, 24))),
    z: points(2).map((point) => point.map((v) => 4 * v)),
    domain: { z: [-11.9, 11.9], x: [-11.9, 11.9] },
    jacobian: "diagonal",
    extremeZ: [-1e4, -12, 0, 12, 1e4],
    extremeX: [-1e4, -12, 0, 12, 1e4],
    saturates: true,
  },
  "splines of each element": {
    create: () => scatter(rationalQuadraticSpline({ bins: 3, shape: [2] })),
    event: [2],
    reference: ([params]) =>
      elementwise(
        [params.slice(0, 8), params.slice(8)].map((own) => exactRationalQuadratic({ bins: 3 }).at(own)),
      ),
    z: points(2),
    jacobian: "diagonal",
    extremeZ: FAR,
    extremeX: FAR,
    singular: ([params]) => {
      const knots = [params.slice(0, 8), params.slice(8)].map((own) =>
        splineKnots(own, { bins: 3, interval: [-3, 3] }),
      );
      const both = (side: "z" | "x") => knots[0][side].map((v, k) => [v, knots[1][side][k]]);
      return { z: both("z"), x: both("x") };
    },
  },
  chain: {
    create: () =>
      chain([affine({ scale: 0.8, shift: -0.3 }), leakyRelu(0.5), affine({ scale: 1.5 }), sigmoid()]),
    reference: ([[logScale1], [shift1], [logScale2], [shift2]]) =>
      exactChain(
        [
          line(Math.exp(logScale1), shift1),
          bend(0.5),
          line(Math.exp(logScale2), shift2),
          { forward: logistic, inverse: toLogit },
        ].map(elementwise),
      ),
    z: LINE,
    domain: { x: [0.02, 0.98] },
    extremeZ: FAR,
    extremeX: [0, 0.5, 1],
    saturates: true,
  },
};

function line(slope: number, offset: number): ScalarMap {
  return { forward: (z) => slope * z + offset, inverse: (x) => (x - offset) / slope };
}

function bend(slope: number): ScalarMap {
  return { forward: (z) => (z < 0 ? slope * z : z), inverse: (x) => (x < 0 ? x / slope : x) };
}

function turn(angle: number, period: number): ScalarMap {
  const wrap = (v: number) => v - period * Math.floor(v / period + 0.5);
  return { forward: (z) => wrap(z + angle), inverse: (x) => wrap(x - angle) };
}

/** A monotone map far from the identity, with steps of very different height and width. */
function steep() {
  return scatter(monotone({ steps: 5, interval: [-2, 2] }), 0.8);
}

function steps([[slope], [offset], heights, centres, widths]: number[][]) {
  const inverse = (x: number) =>
    softplusOf(slope) * x +
    offset +
    heights.reduce(
      (total, height, k) => total + softplusOf(height) * Math.tanh((x - centres[k]) / softplusOf(widths[k])),
      0,
    );
  return elementwise({ inverse, forward: (z) => bisect(inverse, z, -1e6, 1e6) });
}

/** The edges between bins, without both ends. */
function inner({ z, x }: { z: number[]; x: number[] }) {
  return { z: z.slice(1, -1), x: x.slice(1, -1) };
}
