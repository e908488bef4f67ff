import type { Domain } from "../../domain/domain.ts";
import { fn, number, parameter, record, vector } from "../../harness/kinds.ts";
import {
  type Asked,
  conditionerOf,
  latentOf,
  logDensitySize,
  type Parts,
  sizesOf,
} from "./autoregression.affine.ts";
import { isOpen, parts, regions } from "./autoregression.draws.ts";

/** Nine digits of the largest of the terms that are added; in float32 what so many roundings leave. */
const ofTerms = (sizes: (parts: Parts, point: readonly number[]) => number[]): Domain<Asked> => ({
  regions,
  allows: (_answer, ...[A, a, M, m, point]) => sizes([A, a, M, m], point).map((size) => 1e-9 * size),
  float32: (_answer, ...[A, a, M, m, point]) =>
    sizes([A, a, M, m], point).map((size) => (1 + point.length / 4) * size),
  open: isOpen,
});

export const domains = {
  conditioner: ofTerms((made, x) => {
    const { alpha, shift } = sizesOf(made, x, true, false);
    return [...alpha, ...shift];
  }),
  latents: ofTerms((made, x) => sizesOf(made, x, false, false).moved),
  logDensity: ofTerms((made, x) => [logDensitySize(latentOf(made, x), sizesOf(made, x, false, false))]),
  generate: ofTerms((made, z) => sizesOf(made, z, true, true).moved),
};

/** Log-scales, then shifts. */
export const flatConditioner = (made: Parts, x: readonly number[]): number[] => {
  const { alpha, mu } = conditionerOf(made, x);
  return [...alpha, ...mu];
};

export const signatures = {
  conditioner: fn([...parts, parameter("x", vector)], record({ alpha: vector, mu: vector })),
  latents: fn([...parts, parameter("x", vector)], vector),
  logDensity: fn([...parts, parameter("x", vector)], number),
  generate: fn([...parts, parameter("z", vector)], vector),
};
