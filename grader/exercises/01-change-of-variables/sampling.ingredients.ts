/** What wrong samples of the logistic distribution are made of. */

import { type Mixture, mix, type Option } from "../../diagnosis/mixture.ts";

type Sample = (u: readonly number[], location: number, scale: number) => number[];
const logit = (u: number): number => Math.log(u) - Math.log1p(-u);

export const samplingMixtures = (): readonly Mixture<Sample>[] =>
  mix(
    {
      probability: [
        { use: (u) => u },
        { use: (u) => 1 - u, says: "$1 - u$ stands where $u$ should" },
        { use: (u) => u / 2, says: "$u$ comes half" },
        { use: (u) => 1 / (1 + Math.exp(-u)), says: "$u$ is put through a sigmoid first" },
        { use: (_u, i, n) => (i + 0.5) / n, says: "the place in the list stands where $u$ should" },
        { use: (_u, _i, _n, list) => list[0] as number, says: "every $u$ is the first one" },
      ] as readonly Option<(u: number, i: number, n: number, list: readonly number[]) => number>[],
      quantile: [
        { use: logit },
        {
          use: (u) => -Math.log(-Math.log(u)),
          says: "$F$ is Gumbel's distribution function, not the logistic one",
        },
        {
          use: (u) => Math.log(-Math.log(u)),
          says: "$F$ is Gumbel's distribution function, not the logistic one",
        },
        {
          use: (u) => Math.log(-Math.log1p(-u)),
          says: "$F$ is a mirrored Gumbel distribution's, not the logistic one",
        },
        { use: (u) => -Math.log1p(-u), says: "$F$ is an exponential distribution's, not the logistic one" },
        { use: (u) => -Math.log(u), says: "$z$ is $-\\log u$, which belongs to an exponential distribution" },
        { use: (u) => Math.log(u), says: "$z$ is $\\log u$ alone" },
        {
          use: (u) => Math.tan(Math.PI * (u - 0.5)),
          says: "$F$ is Cauchy's distribution function, not the logistic one",
        },
        {
          use: (u) => -Math.sign(u - 0.5) * Math.log(2 * Math.min(u, 1 - u)),
          says: "$F$ is Laplace's distribution function, not the logistic one",
        },
        { use: (u) => Math.atanh(2 * u - 1), says: "$z$ comes half: a tanh is inverted" },
        { use: (u) => Math.atanh(u), says: "a tanh is inverted, not $F$" },
        { use: (u) => u / (1 - u), says: "the logarithm is missing" },
        { use: (u) => (1 - u) / u, says: "the logarithm is missing, and the ratio is upside down" },
        { use: (u) => Math.log(u) + Math.log1p(-u), says: "the two logarithms are added" },
        { use: (u) => Math.log(u) * Math.log1p(-u), says: "the two logarithms are multiplied" },
        { use: (u) => Math.log(u) / Math.log1p(-u), says: "the two logarithms are divided" },
        { use: (u) => Math.log2(u) - Math.log2(1 - u), says: "the logarithms have base 2" },
        { use: (u) => Math.log10(u) - Math.log10(1 - u), says: "the logarithms have base 10" },
        { use: (u) => Math.log1p(u / (1 - u)), says: "1 is added inside the logarithm" },
        { use: (u) => Math.log(1 / u), says: "the $-1$ inside the logarithm is missing" },
        { use: (u) => u, says: "$u$ itself stands where $F^{-1}(u)$ should" },
        { use: (u) => u - 0.5, says: "$u - \\tfrac12$ stands where $F^{-1}(u)$ should" },
        { use: (u) => 2 * u - 1, says: "$2u - 1$ stands where $F^{-1}(u)$ should" },
        { use: (u) => Math.sqrt(u), says: "the root of $u$ stands where $F^{-1}(u)$ should" },
        { use: (u) => 1 / (1 + Math.exp(-u)), says: "the sigmoid is applied, not inverted" },
        { use: (u) => u * (1 - u), says: "a density stands where $F^{-1}$ should" },
        { use: (u) => Math.abs(logit(u)), says: "$z$ has lost its sign" },
        { use: (u) => Math.exp(logit(u)), says: "an exponential is taken at the end" },
      ] as readonly Option<(u: number) => number>[],
      scale: [
        { use: (s) => s },
        { use: (s) => 1 / s, says: "the scale divides where it should multiply" },
        { use: () => 1, says: "the scale is left out" },
        { use: (s) => s * s, says: "the scale is squared" },
        { use: (s) => Math.sqrt(s), says: "the root of the scale is taken" },
        { use: (s) => Math.exp(s), says: "the exponential of the scale is taken" },
        { use: (s) => Math.log(s), says: "the logarithm of the scale is taken" },
        { use: (s) => 2 * s, says: "the scale comes twice" },
        { use: (s) => s / 2, says: "the scale comes half" },
        { use: (s) => -s, says: "the scale has the wrong sign" },
        {
          use: (s) => (s * Math.sqrt(3)) / Math.PI,
          says: "the scale is taken for a standard deviation",
        },
        {
          use: (s) => (s * Math.PI) / Math.sqrt(3),
          says: "the scale is turned into a standard deviation",
        },
      ] as readonly Option<(s: number) => number>[],
      put: [
        { use: (m, s, z) => m + s * z },
        { use: (_m, s, z) => s * z, says: "the location is left out" },
        { use: (m, s, z) => s * z - m, says: "the location is taken away" },
        { use: (m, s, z) => s * (z + m), says: "the location is multiplied by the scale" },
        { use: (m, s, z) => s * (z - m), says: "the location is taken away before the scale comes" },
        { use: (m, s, z) => s + m * z, says: "location and scale have changed places" },
        { use: (m, s, z) => m * s * z, says: "the location multiplies where it should be added" },
        { use: (m, s, z) => m + s + z, says: "the scale is added where it should multiply" },
        { use: (m, s, z) => m - s - z, says: "location, scale and $z$ are added and subtracted" },
        {
          use: (m, s, z) => (z - m) / s,
          says: "the sample is standardised, which undoes location and scale",
        },
        { use: (m, s, z) => Math.abs(m) + s * z, says: "the location has lost its sign" },
        { use: (m, s, z) => 2 * m + s * z, says: "the location comes twice" },
      ] as readonly Option<(m: number, s: number, z: number) => number>[],
    },
    ({ probability, quantile, scale, put }) =>
      (u, location, s) =>
        u.map((v, i) => put(location, scale(s), quantile(probability(v, i, u.length, u)))),
  );

type Push = (z: readonly number[], forward: (z: number) => number) => number[];
type Pushed = (z: number, forward: (z: number) => number) => number;

export const pushingMixtures = (): readonly Mixture<Push>[] =>
  mix(
    {
      image: [
        { use: (z, f) => f(z) },
        { use: (z) => z, says: "$z$ stays as it is" },
        { use: (z, f) => z + f(z), says: "$z$ is added to $f(z)$" },
        { use: (z, f) => f(z) - z, says: "$z$ is taken away from $f(z)$" },
        { use: (z, f) => z * f(z), says: "$f(z)$ is multiplied by $z$" },
        { use: (z, f) => f(z) / z, says: "$f(z)$ is divided by $z$" },
        { use: (z, f) => 1 / f(z), says: "1 is divided by $f(z)$" },
        { use: (z, f) => f(-z), says: "$z$ has the other sign" },
        { use: (z, f) => f(Math.abs(z)), says: "$z$ has lost its sign" },
        { use: (z, f) => f(1 / z), says: "$1/z$ stands where $z$ should" },
        { use: (z, f) => f(z) - f(0), says: "$f(0)$ is taken away" },
        { use: (_z, f) => f(0), says: "$f$ is applied to 0" },
        {
          use: (z, f) => f(Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)),
          says: "$f$ is applied to the density of $z$",
        },
        {
          use: (z, f) => f(z) * (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)),
          says: "$f(z)$ is multiplied by the density of $z$",
        },
      ] as readonly Option<Pushed>[],
    },
    ({ image }) =>
      (z, forward) =>
        z.map((v) => image(v, forward)),
  );
