import type { Bijection } from "../bijection.ts";
import { checkBijection } from "../building/check-bijection.ts";
import { lipschitzOf } from "../building/lipschitz.ts";

/**
 * The same bijection with its directions exchanged: forward of the result is inverse of the original.
 *
 * Turns a map that is cheap to normalize with (fast densities) into one that is cheap to generate with.
 *
 * State stays as it is: statistics of a batch and an initialization from data belong to the direction that the
 * original normalizes in, which the result generates in.
 *
 * @see Prince, Understanding Deep Learning, section 16.3.5, for the inverse of an autoregressive flow.
 */
export function invert(bijection: Bijection): Bijection {
  checkBijection("invert", bijection);
  return {
    name: `inverted ${bijection.name ?? "bijection"}`,
    eventRank: bijection.eventRank,
    inverseKind: bijection.forwardKind ?? "analytic",
    forwardKind: bijection.inverseKind,
    forward: (z, context) => bijection.inverse(z, context),
    inverse: (x, context) => bijection.forward(x, context),
    contextSize: bijection.contextSize,
    shapeAfter: (direction, shape) =>
      bijection.shapeAfter?.(direction === "forward" ? "inverse" : "forward", shape),
    ...(bijection.concerns && { concerns: bijection.concerns }),
    lipschitz: (direction) => lipschitzOf(bijection, direction === "forward" ? "inverse" : "forward"),
    variables: bijection.variables,
    ...(bijection.state && { state: bijection.state }),
    ...(bijection.lacking && { lacking: bijection.lacking }),
    ...(bijection.config && { config: { type: "invert", of: bijection.config } }),
    ...(bijection.parts && { parts: bijection.parts.map(invert).reverse() }),
    ...(bijection.inside && {
      inside: { ...bijection.inside, bijection: invert(bijection.inside.bijection) },
    }),
  };
}
