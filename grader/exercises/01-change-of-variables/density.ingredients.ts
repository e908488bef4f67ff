/** What wrong densities are made of, in the three exercises that ask for one. */

import { erf } from "mathjs";
import { type Mixture, mixed, type Option } from "../../diagnosis/ingredients.ts";

type Curve = (t: number) => number;

const normal: Curve = (z) => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
const sigmoid: Curve = (z) => 1 / (1 + Math.exp(-z));
const logit: Curve = (x) => Math.log(x) - Math.log1p(-x);

/** How the slope's size comes in, beside the base density. */
const factors: readonly Option<(base: number, slope: number) => number>[] = [
  { use: (base, slope) => base / Math.abs(slope) },
  { use: (base) => base, says: "the slope is left out" },
  { use: (base, slope) => base * Math.abs(slope), says: "the base density is multiplied by the slope" },
  { use: (base, slope) => base / Math.sqrt(Math.abs(slope)), says: "only the root of the slope is used" },
  { use: (base, slope) => base / slope ** 2, says: "the slope is used twice" },
  {
    use: (base, slope) => base + 1 / Math.abs(slope),
    says: "the two factors of the density are added, not multiplied",
  },
  {
    use: (base, slope) => base - Math.abs(slope),
    says: "the slope is subtracted, which belongs to logarithms only",
  },
  { use: (base, slope) => base + Math.abs(slope), says: "the slope is added to the base density" },
  {
    use: (base, slope) => base - Math.log(Math.abs(slope)),
    says: "the logarithm of the slope is subtracted, which belongs to logarithms of densities",
  },
  { use: (base, slope) => base / slope, says: "the slope keeps its sign" },
  { use: (base, slope) => base / (1 + Math.abs(slope)), says: "1 is added to the slope" },
  { use: (base, slope) => base * Math.exp(-Math.abs(slope)), says: "the exponential of the slope is used" },
];

const constants: readonly Option<number>[] = [
  { use: 1 },
  { use: 2, says: "all is taken twice" },
  { use: 0.5, says: "all is taken half" },
  { use: Math.sqrt(2 * Math.PI), says: "the constant of the normal density is left out" },
  { use: 1 / Math.sqrt(2 * Math.PI), says: "the constant of a normal density comes in once more" },
  { use: Math.sqrt(2), says: "the constant of the normal density is without its 2" },
];

export const squareMixtures = (): readonly Mixture<Curve>[] =>
  mixed(
    {
      back: [
        { use: Math.sqrt },
        { use: (x) => x, says: "$z$ is $x$ itself" },
        { use: (x) => x * x, says: "$z$ is the square of $x$, which goes forward and not back" },
        { use: (x) => 1 - x, says: "$z$ is $1 - x$" },
        { use: (x) => Math.sqrt(1 - x), says: "$x$ is mirrored: $1 - x$ stands where $x$ should" },
        { use: (x) => 1 - Math.sqrt(x), says: "$z$ is mirrored: $1 - z$ stands where $z$ should" },
        { use: Math.cbrt, says: "$z$ is the cube root of $x$, though $f$ is $z^2$" },
        { use: (x) => x ** 0.25, says: "the root is taken twice" },
        { use: (x) => x / 2, says: "$z$ is half of $x$" },
        { use: (x) => 1 / x, says: "$z$ is $1/x$: the inverse function is not the reciprocal" },
        { use: Math.log, says: "$z$ is the logarithm of $x$" },
        { use: Math.exp, says: "$z$ is the exponential of $x$" },
        { use: (x) => Math.sqrt(x + 1), says: "$z$ belongs to $x + 1$" },
      ] satisfies Option<Curve>[] as readonly Option<Curve>[],
      slope: [
        { use: (z) => 2 * z },
        { use: (z) => z, says: "the slope is $z$: its factor is lost" },
        { use: (z) => z * z, says: "the slope is $f(z)$ itself, not differentiated" },
        { use: (z) => 3 * z * z, says: "the slope is that of $z^3$, though $f$ is $z^2$" },
        { use: (z) => 2 * z * z, says: "the slope is differentiated with its exponent kept" },
        { use: (z) => z / 2, says: "the slope is $z/2$" },
        { use: (z) => 1 / (2 * Math.sqrt(z)), says: "the slope is that of the root, not that of $f$" },
        { use: (z) => 1 / (2 * z), says: "the slope is already turned upside down" },
        { use: () => 2, says: "the slope is the number 2" },
        { use: (z) => 2 + z, says: "the slope is a sum, $2 + z$" },
        { use: (z) => 2 * z + 1, says: "the slope is that of $z^2 + z$" },
      ] as readonly Option<Curve>[],
      base: [
        { use: () => 1 },
        { use: normal, says: "the base density is the normal one, though $z$ is uniform" },
        { use: (z) => z, says: "$z$ stands in place of its density" },
        { use: (z) => 1 - z, says: "the base density falls like $1 - z$, though $z$ is uniform" },
        { use: (z) => Math.exp(-z), says: "the base density is an exponential one, though $z$ is uniform" },
      ] as readonly Option<Curve>[],
      factor: factors,
      constant: constants,
      outside: [{ use: true }, { use: false, says: "the formula goes on outside" }],
    },
    ({ back, slope, base, factor, constant, outside }) =>
      (x) =>
        outside && !(x > 0 && x <= 1) ? 0 : constant * factor(base(back(x)), slope(back(x))),
  );

export const sigmoidMixtures = (): readonly Mixture<Curve>[] =>
  mixed(
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
          use: (z) => (1 + erf(z / Math.SQRT2)) / 2,
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

type ModelDensity = (x: number, inverse: Curve, derivative: Curve, base: Curve) => number;
interface Given {
  readonly x: number;
  readonly inverse: Curve;
  readonly derivative: Curve;
  readonly base: Curve;
}

export const modelMixtures = (): readonly Mixture<ModelDensity>[] =>
  mixed(
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
