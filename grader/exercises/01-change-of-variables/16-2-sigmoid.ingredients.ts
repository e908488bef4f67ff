/** What wrong answers to this exercise are made of. */

import { type Mixture, mix, type Option } from "../../diagnosis/mixture.ts";
import { integrate } from "../../oracle/quadrature.ts";
import { back, endOf, forward, isTextbook, partBelow, type Sigmoid } from "./16-2-sigmoid.domain.ts";
import { type Curve, constants, factors, logit, normal, sigmoid } from "./density.ingredients.ts";

export function sigmoidMixtures(of: Sigmoid): readonly Mixture<Curve>[] {
  const { low, width } = of;
  const end = endOf(of);
  const part = (x: number): number => partBelow(of, x);
  const symbol = isTextbook(of) ? "x" : "s";
  const meant = isTextbook(of) ? "" : ", with the part $s$ of the interval below $x$";
  // What can be left out of a learner's own numbers; the textbook's are 0 and 1.
  const where = <A>(isOther: boolean, option: A): A[] => (isOther ? [option] : []);
  const unscaled = { use: logit, says: "$z$ is that of the interval from 0 to 1" };
  const narrow = {
    use: (_z: number, x: number) => part(x) * (1 - part(x)),
    says: `the ${width} is left out of the slope`,
  };
  return mix(
    {
      back: [
        { use: (x) => back(of, x) },
        ...where(!isTextbook(of), unscaled),
        { use: (x) => x, says: "$z$ is $x$ itself" },
        {
          use: (x) => x - (low + width / 2),
          says: "$z$ is how far $x$ is from the middle: it is not gone back through $f$",
        },
        {
          use: (x) => 2 * part(x) - 1,
          says: `$z$ is $2${symbol} - 1$: it is not gone back through $f$${meant}`,
        },
        { use: sigmoid, says: "$z$ is the sigmoid of $x$, which goes forward and not back" },
        { use: (x) => Math.log(part(x)), says: `$z$ is the logarithm of $${symbol}$ alone${meant}` },
        {
          use: (x) => -Math.log1p(-part(x)),
          says: `$z$ is minus the logarithm of $1 - ${symbol}$ alone${meant}`,
        },
        { use: (x) => Math.log(part(x)) + Math.log1p(-part(x)), says: "the two logarithms in $z$ are added" },
        { use: (x) => part(x) / (1 - part(x)), says: "$z$ is a ratio without its logarithm" },
        {
          use: (x) => Math.log(part(x)) / Math.log1p(-part(x)),
          says: "the two logarithms in $z$ are divided",
        },
        { use: (x) => Math.atanh(2 * part(x) - 1), says: "$z$ is gone back through another curve, a tanh" },
        { use: (x) => Math.atanh(part(x)), says: "$z$ is gone back through tanh, though $f$ is the sigmoid" },
        { use: (x) => back(of, x) / Math.LN2, says: "$z$ has a logarithm of base 2" },
        { use: (x) => back(of, x) / Math.LN10, says: "$z$ has a logarithm of base 10" },
        { use: (x) => 1 / x, says: "$z$ is $1/x$: the inverse function is not the reciprocal" },
        {
          use: (x) => 1 / forward(of, x),
          says: "$z$ is $1/f(x)$: the inverse function is not the reciprocal",
        },
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
        { use: (_z, x) => width * part(x) * (1 - part(x)) },
        ...where(width !== 1, narrow),
        { use: (_z, x) => width * sigmoid(x) * (1 - sigmoid(x)), says: "the slope is taken at $x$" },
        { use: (_z, x) => 1 - x * x, says: "the slope is that of tanh, though $f$ is the sigmoid" },
        { use: (z) => 1 - Math.tanh(z) ** 2, says: "the slope is that of tanh, though $f$ is the sigmoid" },
        { use: (_z, x) => part(x), says: `the slope is $${symbol}$ alone${meant}` },
        { use: (_z, x) => 1 - part(x), says: `the slope is $1 - ${symbol}$ alone${meant}` },
        { use: (_z, x) => part(x) ** 2, says: `the slope is $${symbol}^2$${meant}` },
        { use: (_z, x) => part(x) * (1 + part(x)), says: "the slope has a plus where a minus should be" },
        { use: (_z, x) => part(x) - (1 - part(x)), says: "the slope is a difference" },
        { use: (z) => Math.exp(-z), says: "the slope is $e^{-z}$ alone" },
        { use: (z) => Math.exp(z), says: "the slope is $e^z$" },
        {
          use: (z) => Math.exp(-z) / (1 + Math.exp(-z)),
          says: "the square below the slope's line is missing",
        },
        { use: (z) => 1 / (1 + Math.exp(-z)) ** 2, says: "what stands above the slope's line is missing" },
        { use: (z) => z * (1 - z), says: "$z$ stands in the slope where $f(z)$ should" },
        {
          use: (_z, x) => (1 / part(x) + 1 / (1 - part(x))) / width,
          says: "the slope is that of the inverse, not that of $f$",
        },
      ] as readonly Option<(z: number, x: number) => number>[],
      factor: factors,
      constant: constants,
      outside: [{ use: true }, { use: false, says: "the formula goes on outside" }],
    },
    ({ back, base, slope, factor, constant, outside }) =>
      (x) =>
        outside && !(x > low && x < end) ? 0 : constant * factor(base(back(x)), slope(back(x), x)),
  );
}
