import type { Contraction } from "../../conditioners/contraction/contraction.ts";
import { contractiveConvNet } from "../../conditioners/contraction/contractive-conv-net.ts";
import { contractiveMlp } from "../../conditioners/contraction/contractive-mlp.ts";
import { tf } from "../../engine/tf.ts";
import { random } from "../../random/random.ts";
import type { Bijection } from "../bijection.ts";
import { invert } from "../composition/invert.ts";
import { drawNoise } from "../residual/log-det/noise.ts";
import { planar } from "../residual/planar.ts";
import { radial } from "../residual/radial.ts";
import { type ResidualOptions, residual } from "../residual/residual.ts";
import { type BijectionCase, FAR, points, type Reference, scatter } from "./case.ts";
import { softplus } from "./float64/activation.ts";
import { bisect } from "./float64/bisect.ts";
import { exactInvert } from "./float64/composition.ts";
import { convolve } from "./float64/convolution.ts";
import { densePart, exactContraction, exactResidual, type LinearPart } from "./float64/residual.ts";
import { weights } from "./float64/weights.ts";

const common = { extremeZ: FAR, extremeX: FAR };
/** In float32: within ε = 1e-6 of numbers up to 4, or as near as rounding lets it come. */
const solved = { ...common, residual: 1e-5, errorBound: 1e-5 };
const small = { hidden: [4, 5], lipschitz: 0.5, powerIterations: 10 };

const IMAGE = [2, 2, 2];
const SERIES = { terms: 6, samples: 2, seed: 4 };
/** The vectors ε of densities and samples. */
const fixedNoise = (kind: "rademacher" | "normal", samples: number, size: number) => {
  const all = Array.from(drawNoise(kind, samples * size, random(SERIES.seed).fork("residual noise")));
  return Array.from({ length: samples }, (_, i) => all.slice(i * size, (i + 1) * size));
};

/** Maps that add something to their input. */
export const residualCases: Record<string, BijectionCase> = {
  planar: {
    ...common,
    create: () => scatter(planar({ dimensions: 4 })),
    reference: ([w, u, [b]]) => exactPlanar(w, u, b),
    event: [4],
    z: points(4),
  },
  "planar, squeezing": {
    ...common,
    create: squeezing,
    reference: ([w, u, [b]]) => exactPlanar(w, u, b),
    event: [3],
    z: points(3),
  },
  "planar, inverted": {
    ...common,
    create: () => invert(scatter(planar({ dimensions: 1, seed: 2 }))),
    reference: ([w, u, [b]]) => exactInvert(exactPlanar(w, u, b)),
    event: [1],
    z: points(1),
  },
  radial: {
    ...common,
    create: () => scatter(radial({ dimensions: 4 })),
    reference: ([centre, [a], [b]]) => exactRadial(centre, a, b),
    event: [4],
    z: points(4),
  },
  "radial, drawing in": {
    ...common,
    create: drawingIn,
    reference: ([centre, [a], [b]]) => exactRadial(centre, a, b),
    event: [3],
    z: points(3),
  },
  "radial, inverted": {
    ...common,
    create: () => invert(scatter(radial({ dimensions: 1, seed: 2 }))),
    reference: ([centre, [a], [b]]) => exactInvert(exactRadial(centre, a, b)),
    event: [1],
    z: points(1),
  },
  residual: {
    ...solved,
    create: () => settle(contractiveMlp({ ...small, dimensions: 3 }), {}),
    reference: (parameters, _, state) =>
      exactResidual({ network: exactSmall(parameters, state, "lipSwish"), closed: "forward" }),
    event: [3],
    z: points(3).slice(0, 3),
  },
  "residual with an estimated logDet, closed towards the base": {
    ...solved,
    create: () => {
      const network = contractiveMlp({ ...small, dimensions: 3, activation: "tanh" });
      return settle(network, { closed: "inverse", logDet: SERIES });
    },
    reference: (parameters, _, state) =>
      exactResidual({
        network: exactSmall(parameters, state, "tanh"),
        closed: "inverse",
        series: { terms: SERIES.terms, noise: fixedNoise("rademacher", SERIES.samples, 3) },
      }),
    event: [3],
    z: points(3).slice(0, 3),
  },
  "residual of images, with normal noise": {
    ...solved,
    create: () => {
      const [height, width, channels] = IMAGE;
      const sizes = { height, width, channels, hidden: [3] };
      const network = contractiveConvNet({ ...sizes, lipschitz: small.lipschitz, powerIterations: 10 });
      return settle(network, { logDet: { ...SERIES, noise: "normal" } });
    },
    reference: (parameters, _, state) => {
      const part = (outputs: number): LinearPart => {
        const biases = Array<number>(outputs).fill(0);
        return (filters) => convolve(filters, biases, { height: 2, width: 2 }, 3);
      };
      const network = exactContraction(weights(parameters, state), [part(3), part(2)], {
        lipschitz: small.lipschitz,
        activation: "lipSwish",
      });
      const noise = fixedNoise("normal", SERIES.samples, 8);
      return exactResidual({ network, closed: "forward", series: { terms: SERIES.terms, noise } });
    },
    event: IMAGE,
    z: points(8).slice(0, 2),
  },
};

/** Three layers. */
function exactSmall(parameters: number[][], state: number[][], activation: "lipSwish" | "tanh") {
  const parts = [densePart, densePart, densePart];
  return exactContraction(weights(parameters, state), parts, { lipschitz: small.lipschitz, activation });
}

/** A residual block with parameters far from its start, and power iterations that know them. */
function settle(network: Contraction, options: Omit<ResidualOptions, "network">): Bijection {
  const block = scatter(residual({ network, tolerance: 1e-6, ...options }), 0.5);
  for (let k = 0; k < 4; k++) {
    tf.tidy(() => {
      const next = network.scale(true).state;
      network.state.forEach((variable, i) => void variable.assign(tf.clone(next[i])));
    });
  }
  return block;
}

/** wᵀu = −1.57: without the constraint it would have no inverse. */
function squeezing() {
  const bijection = planar({ dimensions: 3 });
  const start = [[0.8, -0.6, 0.3], [-1.3, 0.8, -0.15], 0.2];
  tf.tidy(() => {
    bijection.variables.forEach((variable, i) => void variable.assign(tf.tensor(start[i])));
  });
  return bijection;
}

/** β̂ = −0.9·α. */
function drawingIn() {
  const bijection = radial({ dimensions: 3 });
  const start = [[0.5, 0.5, 0.5], 1.2, -1.7];
  tf.tidy(() => {
    bijection.variables.forEach((variable, i) => void variable.assign(tf.tensor(start[i])));
  });
  return bijection;
}

/** Equation 14, and β̂ as in appendix A.2 of Rezende and Mohamed 2015; back by bisection for the distance r. */
function exactRadial(centre: number[], a: number, b: number): Reference {
  const alpha = softplus(a);
  const beta = softplus(b) - alpha;
  const push = (point: number[], factorAt: (distance: number) => number) => {
    const away = point.map((v, i) => v - centre[i]);
    const factor = factorAt(Math.hypot(...away));
    return away.map((v, i) => centre[i] + factor * v);
  };
  const factorAt = (r: number) => 1 + beta / (alpha + r);
  return {
    forward: (z) => push(z, factorAt),
    inverse: (x) =>
      push(x, (distance) => {
        const r = bisect((v) => v * factorAt(v), distance, 0, distance + alpha);
        return 1 / factorAt(r);
      }),
  };
}

/** Equation 10 with h = tanh, and û as in appendix A.1 of Rezende and Mohamed 2015; back by bisection for wᵀz. */
function exactPlanar(w: number[], u: number[], b: number): Reference {
  const dot = (x: number[], y: number[]) => x.reduce((sum, v, i) => sum + v * y[i], 0);
  const wu = dot(w, u);
  const pull = u.map((v, i) => v + ((softplus(wu) - 1 - wu) * w[i]) / dot(w, w));
  const bent = (projected: number) => Math.tanh(projected + b);
  return {
    forward: (z) => z.map((v, i) => v + pull[i] * bent(dot(w, z))),
    inverse: (x) => {
      const target = dot(w, x);
      const reach = 1 + 2 * Math.abs(dot(w, pull));
      const projected = bisect((v) => v + dot(w, pull) * bent(v), target, target - reach, target + reach);
      return x.map((v, i) => v - pull[i] * bent(projected));
    },
  };
}
