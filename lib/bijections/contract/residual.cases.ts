import { tf } from "../../engine/tf.ts";
import { invert } from "../composition/invert.ts";
import { planar } from "../residual/planar.ts";
import { radial } from "../residual/radial.ts";
import { type BijectionCase, FAR, points, type Reference, scatter } from "./case.ts";
import { softplus } from "./float64/activation.ts";
import { bisect } from "./float64/bisect.ts";
import { exactInvert } from "./float64/composition.ts";

const common = { extremeZ: FAR, extremeX: FAR };

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
};

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
