/** What wrong likelihoods are made of. */

import { type Mixture, mix, type Option } from "../../diagnosis/mixture.ts";
import { backs, HALF_LOG_2PI } from "./affine-flow.ingredients.ts";

type Likelihood = (data: readonly number[], a: number, b: number) => number;

export const likelihoodMixtures = (): readonly Mixture<Likelihood>[] =>
  mix(
    {
      back: backs,
      energy: [
        { use: (z) => (z * z) / 2 },
        { use: (z) => Math.abs(z) / 2, says: "$|z_i|$ stands where $z_i^2$ should: the square is missing" },
        { use: (z) => z / 2, says: "the square of $z_i$ is missing" },
        { use: (z) => z, says: "the square of $z_i$ and its half are missing" },
        { use: (z) => Math.abs(z), says: "$|z_i|$ stands where half the square of $z_i$ should" },
        { use: (z) => z * z, says: "the square of $z_i$ is not halved" },
        { use: (z) => (z * z) / 4, says: "the square of $z_i$ is halved twice" },
        { use: (z) => z ** 3 / 2, says: "$z_i^3$ stands where $z_i^2$ should" },
        { use: (z) => z ** 4 / 2, says: "$z_i$ is squared twice" },
        { use: (z) => (-z * z) / 2, says: "the square of $z_i$ has the wrong sign" },
        { use: () => 0, says: "the square of $z_i$ is left out" },
        {
          use: (z) => z + 2 * Math.log1p(Math.exp(-z)) - HALF_LOG_2PI,
          says: "the base density is the logistic one, though $z$ is normal",
        },
        {
          use: (z) => Math.abs(z) + Math.LN2 - HALF_LOG_2PI,
          says: "the base density is Laplace's, though $z$ is normal",
        },
      ] as readonly Option<(z: number) => number>[],
      stretch: [
        { use: (a) => a },
        { use: (a) => -a, says: "the logarithm of the slope has the wrong sign" },
        { use: () => 0, says: "the logarithm of the slope is left out" },
        { use: (a) => Math.exp(a), says: "the slope itself stands where its logarithm should" },
        {
          use: (a) => -Math.exp(a),
          says: "the slope itself, with a minus, stands where its logarithm should",
        },
        { use: (a) => a / 2, says: "the logarithm of the slope comes half" },
        { use: (a) => 2 * a, says: "the logarithm of the slope comes twice" },
        { use: (a) => Math.abs(a), says: "the logarithm of the slope has lost its sign" },
        { use: (a) => a * a, says: "the logarithm of the slope is squared" },
        {
          use: (a) => Math.log(Math.abs(a)),
          says: "the logarithm of the slope is taken once more, though $a$ is it already",
        },
        { use: (a, n) => a / n, says: "the logarithm of the slope is counted once, not for each point" },
        { use: (_a, n, b) => b / n, says: "$b$ stands where the logarithm of the slope should" },
      ] as readonly Option<(a: number, n: number, b: number) => number>[],
      constant: [
        { use: HALF_LOG_2PI },
        { use: 0, says: "the constant of the normal density is left out" },
        { use: 2 * HALF_LOG_2PI, says: "the constant of the normal density is not halved" },
        { use: -HALF_LOG_2PI, says: "the constant of the normal density has the wrong sign" },
        {
          use: 0.5 * Math.log10(2 * Math.PI),
          says: "the constant has a logarithm of base 10, not the natural one",
        },
        {
          use: 0.5 * Math.log2(2 * Math.PI),
          says: "the constant has a logarithm of base 2, not the natural one",
        },
        { use: 0.5 * Math.log(Math.PI), says: "the constant is without its 2" },
        { use: 0.5 * Math.log(2) * Math.PI, says: "the constant has its $\\pi$ outside the logarithm" },
        { use: Math.sqrt(2 * Math.PI), says: "the constant is without its logarithm" },
        { use: Math.PI, says: "the constant is without its logarithm" },
        { use: 0.25 * Math.log(2 * Math.PI), says: "the constant of the normal density is halved twice" },
      ],
      total: [
        { use: (terms) => terms.reduce((sum, term) => sum + term, 0) },
        { use: (terms) => -terms.reduce((sum, term) => sum + term, 0), says: "all has the wrong sign" },
        {
          use: (terms) => terms.reduce((sum, t) => sum + t, 0) / terms.length,
          says: "the average stands where the sum should",
        },
        { use: (terms) => terms.at(-1) as number, says: "only the last point is counted" },
        { use: (terms) => terms[0] as number, says: "only the first point is counted" },
        { use: (terms) => Math.max(...terms), says: "only the worst point is counted" },
        {
          use: (terms) => terms.reduce((sum, term) => sum + Math.exp(-term), 0),
          says: "the likelihoods themselves are added, not their logarithms",
        },
        {
          use: (terms) => -terms.reduce((sum, term) => sum + Math.exp(-term), 0),
          says: "the likelihoods themselves are added, not their logarithms",
        },
        {
          use: (terms) => -Math.log(terms.reduce((sum, term) => sum + Math.exp(-term), 0)),
          says: "the likelihoods are added before the logarithm is taken, not multiplied",
        },
        {
          use: (terms) => Math.exp(-terms.reduce((sum, term) => sum + term, 0)),
          says: "the likelihoods are multiplied and no logarithm is taken",
        },
        {
          use: (terms) => -Math.log(terms.reduce((sum, term) => sum + Math.exp(-term), 0) / terms.length),
          says: "the likelihoods are averaged before the logarithm is taken",
        },
        {
          use: (terms) => terms.reduce((product, term) => product * term, 1),
          says: "the logarithms are multiplied, not added",
        },
        {
          use: (terms) => terms.slice(1).reduce((sum, term) => sum + term, 0),
          says: "the first point is left out",
        },
        {
          use: (terms) => terms.slice(0, -1).reduce((sum, term) => sum + term, 0),
          says: "the last point is left out",
        },
      ] as readonly Option<(terms: readonly number[]) => number>[],
      once: [
        { use: false },
        { use: true, says: "the constant of the normal density is counted once, not for each point" },
      ],
    },
    ({ back, energy, stretch, constant, total, once }) =>
      (data, a, b) =>
        total(
          data.map(
            (x, i) =>
              energy(back(x, a, b, i, data)) +
              stretch(a, data.length, b) +
              constant / (once ? data.length : 1),
          ),
        ),
  );
