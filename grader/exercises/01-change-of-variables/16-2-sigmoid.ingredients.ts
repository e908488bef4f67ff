/** What wrong answers to this exercise are made of. */

import { type Mixture, mix, type Option } from "../../diagnosis/mixture.ts";
import { integrate } from "../../oracle/quadrature.ts";
import { type Curve, constants, factors, logit, normal, sigmoid } from "./density.ingredients.ts";

export const sigmoidMixtures = (): readonly Mixture<Curve>[] =>
  mix(
    {
      back: [
        { use: logit },
        { use: (x) => x, says: "$z$ is $x$ itself" },
        { use: (x) => x - 0.5, says: "$z$ is $x - \\tfrac12$: it is not gone back through $f$" },
        { use: (x) => 2 * x - 1, says: "$z$ is $2x - 1$: it is not gone back through $f$" },
        { use: sigmoid, says: "$z$ is the sigmoid of $x$, which goes forward and not back" },
        { use: (x) => Math.log(x), says: "$z$ is the logarithm of $x$ alone" },
        { use: (x) => -Math.log1p(-x), says: "$z$ is minus the logarithm of $1 - x$ alone" },
        { use: (x) => Math.log(x) + Math.log1p(-x), says: "the two logarithms in $z$ are added" },
        { use: (x) => x / (1 - x), says: "$z$ is a ratio without its logarithm" },
        { use: (x) => Math.log(x) / Math.log1p(-x), says: "the two logarithms in $z$ are divided" },
        { use: (x) => Math.atanh(2 * x - 1), says: "$z$ is gone back through another curve, a tanh" },
        { use: (x) => Math.atanh(x), says: "$z$ is gone back through tanh, though $f$ is the sigmoid" },
        { use: (x) => logit(x) / Math.LN2, says: "$z$ has a logarithm of base 2" },
        { use: (x) => logit(x) / Math.LN10, says: "$z$ has a logarithm of base 10" },
        { use: (x) => 1 / x, says: "$z$ is $1/x$: the inverse function is not the reciprocal" },
        { use: (x) => 1 / sigmoid(x), says: "$z$ is $1/f(x)$: the inverse function is not the reciprocal" },
      ] as readonly Option<Curve>[],
      base: [
        { use: normal },
        { use: () => 1, says: "the base density is left out" },
        {
          use: (z) => normal(Math.sqrt(Math.abs(z))),
          says: "$|z|$ stands in the exponent without its square",
        },
        {
          use: (z) => Math.exp(-z / 2) / Math.sqrt(2 * Math.PI),
          says: "$z$ stands in the exponent without its square",
        },
        {
          use: (z) => Math.exp(-z) / Math.sqrt(2 * Math.PI),
          says: "the exponent of the base density is $-z$",
        },
        {
          use: (z) => Math.exp(-z * z) / Math.sqrt(2 * Math.PI),
          says: "the square in the exponent is not halved",
        },
        {
          use: (z) => Math.exp((-z * z) / 4) / Math.sqrt(2 * Math.PI),
          says: "the square in the exponent is divided by 4",
        },
        {
          use: (z) => Math.exp(-Math.abs(z)) / 2,
          says: "the base density is Laplace's, though $z$ is normal",
        },
        {
          use: (z) => sigmoid(z) * sigmoid(-z),
          says: "the base density is the logistic one, though $z$ is normal",
        },
        {
          use: (z) => 0.5 + integrate(normal, 0, Math.max(-9, Math.min(9, z)), 16),
          says: "the distribution function of the normal distribution stands in place of its density",
        },
        { use: (z) => z, says: "$z$ stands in place of its density" },
        { use: (z) => Math.log(normal(z)), says: "the logarithm of the base density stands in its place" },
        { use: (z) => z * normal(z), says: "the base density is differentiated" },
      ] as readonly Option<Curve>[],
      slope: [
        { use: (_z, x) => x * (1 - x) },
        { use: (_z, x) => sigmoid(x) * (1 - sigmoid(x)), says: "the slope is taken at $x$" },
        { use: (_z, x) => 1 - x * x, says: "the slope is that of tanh, though $f$ is the sigmoid" },
        { use: (z) => 1 - Math.tanh(z) ** 2, says: "the slope is that of tanh, though $f$ is the sigmoid" },
        { use: (_z, x) => x, says: "the slope is $x$ alone" },
        { use: (_z, x) => 1 - x, says: "the slope is $1 - x$ alone" },
        { use: (_z, x) => x * x, says: "the slope is $x^2$" },
        { use: (_z, x) => x * (1 + x), says: "the slope has a plus where a minus should be" },
        { use: (_z, x) => x - (1 - x), says: "the slope is a difference" },
        { use: (z) => Math.exp(-z), says: "the slope is $e^{-z}$ alone" },
        { use: (z) => Math.exp(z), says: "the slope is $e^z$" },
        {
          use: (z) => Math.exp(-z) / (1 + Math.exp(-z)),
          says: "the square below the slope's line is missing",
        },
        { use: (z) => 1 / (1 + Math.exp(-z)) ** 2, says: "what stands above the slope's line is missing" },
        { use: (z) => z * (1 - z), says: "$z$ stands in the slope where $f(z)$ should" },
        { use: (_z, x) => 1 / x + 1 / (1 - x), says: "the slope is that of the inverse, not that of $f$" },
      ] as readonly Option<(z: number, x: number) => number>[],
      factor: factors,
      constant: constants,
      outside: [{ use: true }, { use: false, says: "the formula goes on outside" }],
    },
    ({ back, base, slope, factor, constant, outside }) =>
      (x) =>
        outside && !(x > 0 && x < 1) ? 0 : constant * factor(base(back(x)), slope(back(x), x)),
  );
