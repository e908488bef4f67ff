import { affine } from "../affine.ts";
import { chain } from "../chain.ts";
import { invert } from "../invert.ts";
import { leakyRelu } from "../leaky-relu.ts";
import { monotone } from "../monotone.ts";
import { piecewiseLinear } from "../piecewise-linear.ts";
import { rationalQuadraticSpline } from "../rational-quadratic-spline.ts";
import { rotation } from "../rotation.ts";
import { logit, sigmoid } from "../sigmoid.ts";
import { softplus } from "../softplus.ts";
import { tanh } from "../tanh.ts";
import { type BijectionCase, elementwise, FAR, LINE, points, scattered } from "./case.ts";

interface ScalarReference {
  forward(z: number): number;
  inverse(x: number): number;
}

const UNIT = [0, 1e-38, 0.5, 1 - 2 ** -24, 1];
const SIGMOID_REACH = [-1e4, -104, -17, 0, 17, 104, 1e4];
const ANGLES = [-1e4, -Math.fround(Math.PI), 0, Math.fround(Math.PI), 1e4];
/** Whole turns are taken off and do not come back. */
const CIRCLE_ENDS = { extremeZ: ANGLES, extremeX: ANGLES, saturates: true };
const softplusOf = (v: number) => Math.log1p(Math.exp(v));
const sigma = (z: number) => 1 / (1 + Math.exp(-z));
const toLogit = (x: number) => Math.log(x / (1 - x));

/** Maps of one variable. */
export const elementwiseCases: Record<string, BijectionCase> = {
  affine: {
    create: () => affine({ scale: -1.7, shift: 0.6 }),
    reference: ([[logScale], [shift]]) =>
      elementwise({
        forward: (z) => -Math.exp(logScale) * z + shift,
        inverse: (x) => (x - shift) / -Math.exp(logScale),
      }),
    z: LINE,
    extremeZ: FAR,
    extremeX: FAR,
  },
  "leaky ReLU": {
    create: () => leakyRelu(0.2),
    reference: () => elementwise(bent(0.2)),
    z: LINE,
    extremeZ: FAR,
    extremeX: FAR,
  },
  sigmoid: {
    create: () => sigmoid(),
    reference: () => elementwise({ forward: sigma, inverse: toLogit }),
    z: LINE,
    domain: { x: [0.01, 0.99] },
    extremeZ: SIGMOID_REACH,
    extremeX: UNIT,
    saturates: true,
  },
  logit: {
    create: () => logit(),
    reference: () => elementwise({ forward: toLogit, inverse: sigma }),
    z: LINE.map(([z]) => [sigma(z)]),
    domain: { z: [0.01, 0.99] },
    extremeZ: UNIT,
    extremeX: SIGMOID_REACH,
    saturates: true,
  },
  monotone: { create: steep, reference: steps, z: LINE, extremeZ: FAR, extremeX: FAR },
  "inverted monotone": {
    create: () => invert(steep()),
    reference: (parameters) => {
      const { forward, inverse } = steps(parameters);
      return { forward: inverse, inverse: forward };
    },
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
    create: () => scattered(piecewiseLinear({ bins: 5, interval: [-2, 3] })),
    reference: ([params]) => elementwise(bentOften(params)),
    // Off the edges −2, −1, 0, 1, 2, 3.
    z: [-7.5, -1.7, -0.4, 0.3, 0.9, 2.1, 3.2].map((v) => [v]),
    extremeZ: [-1e4, -2, -1, 0, 1, 2, 3, 1e4],
    extremeX: [-1e4, -2, 3, 1e4],
  },
  "rational-quadratic spline": {
    create: () => scattered(rationalQuadraticSpline({ bins: 4, interval: [-2, 3] })),
    reference: ([params]) => elementwise(rationalQuadraticReference(params, 4, [-2, 3])),
    z: [-7.5, -1.7, -0.4, 0.3, 0.9, 2.1, 3.2].map((v) => [v]),
    extremeZ: [-1e4, -2, 3, 1e4],
    extremeX: [-1e4, -2, 3, 1e4],
  },
  "circular spline": {
    create: () => scattered(rationalQuadraticSpline({ bins: 4, circular: true })),
    reference: ([params]) => elementwise(rationalQuadraticReference(params, 4, [-Math.PI, Math.PI], true)),
    // Off the edges −1.69, 0.39, 2.10.
    z: [-2.3, -1.1, -0.4, 0.3, 0.9, 2.3].map((v) => [v]),
    ...CIRCLE_ENDS,
  },
  rotation: {
    // By −3.6: most points are led over the end of the circle, none near to it.
    create: () => scattered(rotation(), 40),
    reference: ([[angle]]) => elementwise(turned(angle, 2 * Math.PI)),
    z: [-3, -1.1, -0.4, 0.3, 0.9, 3].map((v) => [v]),
    ...CIRCLE_ENDS,
  },
  "rotation of each element, by hours": {
    create: () => scattered(rotation({ shape: [2], period: 24 }), 60),
    event: [2],
    reference: ([angles]) => {
      const parts = angles.map((angle) => turned(angle, 24));
      return {
        forward: (z) => z.map((v, i) => parts[i].forward(v)),
        inverse: (x) => x.map((v, i) => parts[i].inverse(v)),
      };
    },
    z: points(2).map((point) => point.map((v) => 4 * v)),
    domain: { z: [-11.9, 11.9], x: [-11.9, 11.9] },
    jacobian: "diagonal",
    extremeZ: [-1e4, -12, 0, 12, 1e4],
    extremeX: [-1e4, -12, 0, 12, 1e4],
    saturates: true,
  },
  "splines of each element": {
    create: () => scattered(rationalQuadraticSpline({ bins: 3, shape: [2] })),
    event: [2],
    z: points(2),
    jacobian: "diagonal",
    extremeZ: FAR,
    extremeX: FAR,
  },
  chain: {
    create: () =>
      chain([affine({ scale: 0.8, shift: -0.3 }), leakyRelu(0.5), affine({ scale: 1.5 }), sigmoid()]),
    reference: ([[logScale1], [shift1], [logScale2], [shift2]]) => {
      const bend = bent(0.5);
      return elementwise({
        forward: (z) => sigma(Math.exp(logScale2) * bend.forward(Math.exp(logScale1) * z + shift1) + shift2),
        inverse: (x) =>
          (bend.inverse((toLogit(x) - shift2) / Math.exp(logScale2)) - shift1) / Math.exp(logScale1),
      });
    },
    z: LINE,
    domain: { x: [0.02, 0.98] },
    extremeZ: FAR,
    extremeX: [0, 0.5, 1],
    saturates: true,
  },
};

function bent(slope: number): ScalarReference {
  return { forward: (z) => (z < 0 ? slope * z : z), inverse: (x) => (x < 0 ? x / slope : x) };
}

function turned(angle: number, period: number): ScalarReference {
  const wrapped = (v: number) => v - period * Math.floor(v / period + 0.5);
  return { forward: (z) => wrapped(z + angle), inverse: (x) => wrapped(x - angle) };
}

/** A monotone map far from the identity, with steps of very different height and width. */
function steep() {
  return scattered(monotone({ steps: 5, interval: [-2, 2] }), 0.8);
}

function steps([[slope], [offset], heights, centres, widths]: number[][]) {
  const inverse = (x: number) =>
    softplusOf(slope) * x +
    offset +
    heights.reduce(
      (total, height, k) => total + softplusOf(height) * Math.tanh((x - centres[k]) / softplusOf(widths[k])),
      0,
    );
  return elementwise({ inverse, forward: (z) => bisected(inverse, z) });
}

function bisected(increasing: (x: number) => number, target: number): number {
  let [low, high] = [-1e6, 1e6];
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (increasing(middle) < target) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Sizes of bins, written down without the code under test. */
function shares(params: number[]): number[] {
  const powers = params.map(Math.exp);
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => (1 - 1e-3 * params.length) * (power / total) + 1e-3);
}

function bentOften(params: number[]): ScalarReference {
  const heights = shares(params);
  const forward = (z: number) => {
    if (z <= -2 || z >= 3) return z;
    const bin = Math.floor(z + 2);
    const before = heights.slice(0, bin).reduce((sum, height) => sum + height, 0);
    return -2 + 5 * (before + (z + 2 - bin) * heights[bin]);
  };
  return { forward, inverse: (x) => bisected(forward, x) };
}

/** The spline by its definition (Gregory and Delbourgo), one bin after the other, inverted by bisection. */
function rationalQuadraticReference(
  params: number[],
  bins: number,
  [low, high]: readonly number[],
  circular = false,
): ScalarReference {
  const [widths, heights] = [params.slice(0, bins), params.slice(bins, 2 * bins)].map((part) =>
    shares(part).map((share) => share * (high - low)),
  );
  const slopes = params.slice(2 * bins).map((v) => softplusOf(v + Math.log(Math.expm1(1 - 1e-3))) + 1e-3);
  const edges = circular ? [...slopes, slopes[0]] : [1, ...slopes, 1];
  const forward = (z: number) => {
    if (z <= low || z >= high) return z;
    let [x, y, k] = [low, low, 0];
    for (; k < bins - 1 && z >= x + widths[k]; k++) [x, y] = [x + widths[k], y + heights[k]];
    const [share, s] = [(z - x) / widths[k], heights[k] / widths[k]];
    const rest = 1 - share;
    const numerator = heights[k] * (s * share ** 2 + edges[k] * share * rest);
    return y + numerator / (s + (edges[k + 1] + edges[k] - 2 * s) * share * rest);
  };
  return { forward, inverse: (x) => bisected(forward, x) };
}
