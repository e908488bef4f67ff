/** What wrong answers to this exercise are made of. */

import { type Mixture, mix, type Option } from "../../diagnosis/mixture.ts";
import { type Curve, constants, factors, normal } from "./density.ingredients.ts";

type ModelDensity = (x: number, inverse: Curve, derivative: Curve, base: Curve) => number;
interface Given {
  readonly x: number;
  readonly inverse: Curve;
  readonly derivative: Curve;
  readonly base: Curve;
}

export const modelMixtures = (): readonly Mixture<ModelDensity>[] =>
  mix(
    {
      back: [
        { use: ({ inverse, x }) => inverse(x) },
        { use: ({ x }) => x, says: "$z$ is $x$ itself" },
        {
          use: ({ inverse, x }) => 1 / inverse(x),
          says: "$z$ is 1 divided by `inverse(x)`, which is $z$ already: an inverse function is no reciprocal",
        },
        { use: ({ x }) => 1 / x, says: "$z$ is $1/x$: the inverse function is not the reciprocal" },
        { use: ({ inverse, x }) => inverse(inverse(x)), says: "`inverse` is applied twice" },
        { use: ({ derivative, x }) => derivative(x), says: "`derivative` stands where `inverse` should" },
        { use: ({ base, x }) => base(x), says: "`base` stands where `inverse` should" },
        { use: ({ inverse, x }) => inverse(-x), says: "$x$ has the other sign" },
        { use: ({ inverse, x }) => -inverse(x), says: "$z$ has the other sign" },
        { use: ({ inverse, x }) => Math.abs(inverse(x)), says: "$z$ has lost its sign" },
      ] as readonly Option<(given: Given) => number>[],
      base: [
        { use: (z, { base }) => base(z) },
        { use: (_z, { base, x }) => base(x), says: "the base density is taken at $x$" },
        {
          use: (_z, { x }) => normal(x),
          says: "a normal density of your own, taken at $x$, stands where the given `base` should",
        },
        {
          use: (z, { base, derivative }) => base(derivative(z)),
          says: "the base density is taken at the slope",
        },
        { use: (z) => normal(z), says: "a normal density of your own stands where the given `base` should" },
        { use: () => 1, says: "the base density is left out" },
        { use: (z, { base }) => base(base(z)), says: "`base` is applied twice" },
        { use: (z, { base }) => base(z) ** 2, says: "the base density is squared" },
        {
          use: (z, { base }) => Math.log(base(z)),
          says: "the logarithm of the base density stands in its place",
        },
        { use: (z, { derivative }) => derivative(z), says: "`derivative` stands where `base` should" },
        { use: (z) => z, says: "$z$ stands in place of its density" },
        { use: (_z, { base }) => base(0), says: "the base density is taken at 0" },
      ] as readonly Option<(z: number, given: Given) => number>[],
      slope: [
        { use: (z, { derivative }) => derivative(z) },
        { use: (_z, { derivative, x }) => derivative(x), says: "the slope is taken at $x$" },
        { use: (z, { inverse }) => inverse(z), says: "`inverse` stands where `derivative` should" },
        { use: (z, { base }) => base(z), says: "`base` stands where `derivative` should" },
        {
          use: (_z, { derivative, inverse, x }) => derivative(inverse(inverse(x))),
          says: "the slope is taken at `inverse(z)`",
        },
        { use: (z, { derivative }) => derivative(derivative(z)), says: "`derivative` is applied twice" },
        { use: (_z, { derivative }) => derivative(0), says: "the slope is taken at 0" },
        { use: (_z, { derivative }) => derivative(1), says: "the slope is taken at 1" },
        { use: (z, { derivative }) => 1 / derivative(z), says: "the slope is already turned upside down" },
        { use: (z, { derivative }) => Math.max(0, derivative(z)), says: "a negative slope is taken as 0" },
        {
          use: (z, { derivative }) => Math.max(1, Math.abs(derivative(z))),
          says: "a slope below 1 is taken as 1",
        },
      ] as readonly Option<(z: number, given: Given) => number>[],
      factor: factors,
      constant: constants.slice(0, 3),
    },
    ({ back, base, slope, factor, constant }) =>
      (x, inverse, derivative, density) => {
        const given = { x, inverse, derivative, base: density };
        const z = back(given);
        return constant * factor(base(z, given), slope(z, given));
      },
  );
