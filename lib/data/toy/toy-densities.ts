import { checkerboard } from "./checkerboard.ts";
import { eightGaussians } from "./eight-gaussians.ts";
import { funnel } from "./funnel.ts";
import { pinwheel } from "./pinwheel.ts";
import { potentials } from "./potentials.ts";
import { rings } from "./rings.ts";
import { spirals } from "./spirals.ts";
import { checkPoints } from "./toy-density.ts";
import { twoMoons } from "./two-moons.ts";
import { vonMisesCircle } from "./von-mises-circle.ts";

const [u1, u2, u3, u4] = potentials;

/**
 * Known densities to try flows on, each with its sampler, its exact log-density and its entropy: what a flow's
 * negative log-likelihood lies above the entropy is its divergence from the truth, in nats.
 */
export const toyDensities = {
  twoMoons: checkPoints(twoMoons),
  eightGaussians: checkPoints(eightGaussians),
  checkerboard: checkPoints(checkerboard),
  rings: checkPoints(rings),
  pinwheel: checkPoints(pinwheel),
  spirals: checkPoints(spirals),
  u1: checkPoints(u1),
  u2: checkPoints(u2),
  u3: checkPoints(u3),
  u4: checkPoints(u4),
  vonMisesCircle: checkPoints(vonMisesCircle),
  funnel: checkPoints(funnel),
} as const;
