/** Every exercise of the course, in its order. An exercise that is not in this list does not exist. */

import type { AnyExercise, Named } from "./exercise.ts";
import { square } from "./exercises/01-change-of-variables/16-1-square.ts";
import { sigmoidOfNormal } from "./exercises/01-change-of-variables/16-2-sigmoid.ts";
import { bracketingInverse } from "./exercises/01-change-of-variables/bracketing-inverse.ts";
import { gradientStep } from "./exercises/01-change-of-variables/gradient-step.ts";
import { lossSlopes } from "./exercises/01-change-of-variables/loss-slopes.ts";
import { modelDensity } from "./exercises/01-change-of-variables/model-density.ts";
import { negativeLogLikelihood } from "./exercises/01-change-of-variables/negative-log-likelihood.ts";
import { sampling } from "./exercises/01-change-of-variables/sampling.ts";
import { trainAndGenerate } from "./exercises/01-change-of-variables/train-and-generate.ts";
import { inverseJacobian } from "./exercises/02-general-case/16-3-inverse-jacobian.ts";
import { chainLogDeterminant } from "./exercises/02-general-case/chain-log-determinant.ts";
import { cubedNormal } from "./exercises/02-general-case/cubed-normal.ts";
import { exactAndLazy } from "./exercises/02-general-case/exact-and-lazy.ts";
import { planarFlow } from "./exercises/02-general-case/planar-flow.ts";
import { trainingLoop } from "./exercises/02-general-case/training-loop.ts";
import { inverses } from "./exercises/03-linear/16-4-inverses.ts";
import { moments } from "./exercises/03-linear/16-5-moments.ts";
import { normalStaysNormal } from "./exercises/03-linear/16-6-normal.ts";
import { forwardSubstitution } from "./exercises/03-linear/forward-substitution.ts";
import { plu } from "./exercises/03-linear/plu.ts";
import { reflections } from "./exercises/03-linear/reflections.ts";
import { whitening } from "./exercises/03-linear/whitening.ts";
import { leakyRelu } from "./exercises/04-elementwise/16-7-leaky-relu.ts";
import { piecewiseJacobian } from "./exercises/04-elementwise/16-8-piecewise-linear.ts";
import { squareRoots } from "./exercises/04-elementwise/16-9-square-roots.ts";
import { binSlope } from "./exercises/04-elementwise/bin-slope.ts";
import { piecewiseMap } from "./exercises/04-elementwise/piecewise-map.ts";
import { splineBin } from "./exercises/04-elementwise/spline-bin.ts";
import { splineFit } from "./exercises/04-elementwise/spline-fit.ts";
import { affine } from "./exercises/05-coupling/affine.ts";
import { dependence } from "./exercises/05-coupling/dependence.ts";
import { imageMasks } from "./exercises/05-coupling/image-masks.ts";
import { logDensity } from "./exercises/05-coupling/log-density.ts";
import { nice } from "./exercises/05-coupling/nice.ts";
import { realnvp } from "./exercises/05-coupling/realnvp.ts";
import { inverseFlow } from "./exercises/06-autoregressive/iaf.ts";
import { jacobi } from "./exercises/06-autoregressive/jacobi.ts";
import { maskedFlow } from "./exercises/06-autoregressive/maf.ts";
import { autoregressiveMapping } from "./exercises/06-autoregressive/mapping.ts";
import { madeMasks } from "./exercises/06-autoregressive/masks.ts";
import { whichOrder } from "./exercises/06-autoregressive/order.ts";
import { trainAutoregressive } from "./exercises/06-autoregressive/train.ts";
import { jacobianStructure } from "./exercises/07-residual/16-10-structure.ts";
import { fixedPoints } from "./exercises/07-residual/fixed-point.ts";
import { hutchinson } from "./exercises/07-residual/hutchinson.ts";
import { certifiedInverse } from "./exercises/07-residual/invert.ts";
import { revNet } from "./exercises/07-residual/irevnet.ts";
import { logDetSeries } from "./exercises/07-residual/series.ts";
import { spectral } from "./exercises/07-residual/spectral.ts";
import { trainResidual } from "./exercises/07-residual/train.ts";
import { bits } from "./exercises/08-multiscale/bits.ts";
import { cost } from "./exercises/08-multiscale/cost.ts";
import { multiscaleFlow } from "./exercises/08-multiscale/multiscale.ts";
import { splitting } from "./exercises/08-multiscale/split.ts";
import { squeezing } from "./exercises/08-multiscale/squeeze.ts";
import { trainMultiscale } from "./exercises/08-multiscale/train.ts";
import { reverseKl } from "./exercises/09-glow/16-11-reverse-kl.ts";
import { actnorm } from "./exercises/09-glow/actnorm.ts";
import { capstone } from "./exercises/09-glow/capstone.ts";
import { convolution } from "./exercises/09-glow/conv.ts";
import { interpolation } from "./exercises/09-glow/interpolation.ts";
import { step } from "./exercises/09-glow/step.ts";
import { temperature } from "./exercises/09-glow/temperature.ts";
import { nearNames } from "./near-names.ts";
import { withKitNumbers } from "./variants/kit-course.ts";

const exercises = [
  sampling,
  square,
  sigmoidOfNormal,
  modelDensity,
  bracketingInverse,
  negativeLogLikelihood,
  lossSlopes,
  gradientStep,
  trainAndGenerate,
  inverseJacobian,
  chainLogDeterminant,
  cubedNormal,
  exactAndLazy,
  planarFlow,
  trainingLoop,
  moments,
  normalStaysNormal,
  inverses,
  forwardSubstitution,
  reflections,
  plu,
  whitening,
  leakyRelu,
  piecewiseMap,
  piecewiseJacobian,
  squareRoots,
  splineBin,
  binSlope,
  splineFit,
  affine,
  logDensity,
  nice,
  dependence,
  imageMasks,
  realnvp,
  autoregressiveMapping,
  madeMasks,
  maskedFlow,
  inverseFlow,
  jacobi,
  whichOrder,
  trainAutoregressive,
  revNet,
  jacobianStructure,
  fixedPoints,
  certifiedInverse,
  spectral,
  logDetSeries,
  hutchinson,
  trainResidual,
  squeezing,
  splitting,
  cost,
  multiscaleFlow,
  bits,
  trainMultiscale,
  actnorm,
  convolution,
  step,
  temperature,
  interpolation,
  capstone,
  reverseKl,
] as const;

/** In a kit that is one learner's own, with her numbers. */
export const course: readonly AnyExercise[] = withKitNumbers(exercises);

/** The signatures of each exercise, by its id. */
export type Asked = {
  readonly [E in (typeof exercises)[number] as E["id"]]: E extends Named<infer S, string> ? S : never;
};

/**
 * @param others What may be meant besides.
 * @throws RangeError if the course has no exercise of that id; names those that look like it, or all.
 */
export function exerciseById(id: string, others: readonly { readonly id: string }[] = []): AnyExercise {
  const found = course.find((exercise) => exercise.id === id);
  if (found) return found;
  const ids = course.map((exercise) => exercise.id);
  const near = nearNames(id, [...ids, ...others.map((other) => other.id)]);
  const advice = near.length > 0 ? `did you mean ${near.join(", ")}?` : `there are ${ids.join(", ")}`;
  throw new RangeError(`no exercise is called "${id}"; ${advice}`);
}
