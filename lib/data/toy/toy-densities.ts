import { checkerboard } from "./checkerboard.ts";
import { eightGaussians } from "./eight-gaussians.ts";
import { funnel } from "./funnel.ts";
import { pinwheel } from "./pinwheel.ts";
import { potentials } from "./potentials.ts";
import { rings } from "./rings.ts";
import { spirals } from "./spirals.ts";
import { twoMoons } from "./two-moons.ts";
import { vonMisesCircle } from "./von-mises-circle.ts";

const [u1, u2, u3, u4] = potentials;

/**
 * Known densities to try flows on, each with its sampler, its exact log-density and its entropy: what a flow's
 * negative log-likelihood lies above the entropy is its divergence from the truth, in nats.
 */
export const toyDensities = {
  twoMoons,
  eightGaussians,
  checkerboard,
  rings,
  pinwheel,
  spirals,
  u1,
  u2,
  u3,
  u4,
  vonMisesCircle,
  funnel,
} as const;
