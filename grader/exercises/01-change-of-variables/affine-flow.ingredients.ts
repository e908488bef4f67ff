/** What wrong likelihoods of an affine flow and wrong steps on them are made of. */

import { type Mixture, mixed, type Option } from "../../diagnosis/ingredients.ts";

type Back = (x: number, a: number, b: number, i: number, data: readonly number[]) => number;

const backs: readonly Option<Back>[] = [
  { use: (x, a, b) => (x - b) * Math.exp(-a) },
  { use: (x) => x, says: "$z_i$ is $x_i$ itself" },
  { use: (x, a, b) => (x + b) * Math.exp(-a), says: "$b$ is added on the way back" },
  { use: (x, a, b) => (x - b) * Math.exp(a), says: "the way back multiplies by $e^a$" },
  { use: (x, a, b) => x * Math.exp(a) + b, says: "$z_i$ is $f(x_i)$: it goes forward and not back" },
  { use: (x, a, b) => x * Math.exp(-a) - b, says: "$b$ is taken away after the division and not before" },
  { use: (x, a, b) => x * Math.exp(-a) + b, says: "$b$ is added after the division" },
  { use: (x, a, b) => (x - b) / a, says: "the way back divides by $a$ and not by $e^a$" },
  { use: (x, a, b) => (x - b) * a, says: "the way back multiplies by $a$" },
  { use: (x, a, b) => x - b - a, says: "$a$ is taken away on the way back" },
  { use: (x, _a, b) => x - b, says: "the scale is left out of the way back" },
  { use: (x, a) => x * Math.exp(-a), says: "$b$ is left out of the way back" },
  { use: (x, a, b) => (x - b) * Math.exp(-a / 2), says: "$a$ comes half in the way back" },
  { use: (x, a, b) => (x - b) * Math.exp(-2 * a), says: "the way back divides by $e^a$ twice" },
  { use: (x, a, b) => (x - b) * 2 ** -a, says: "2 stands where $e$ should" },
  { use: (x, a, b) => (x - b) * 10 ** -a, says: "10 stands where $e$ should" },
  { use: (x, a, b) => (x - b) * Math.exp(-Math.abs(a)), says: "$a$ has lost its sign in the way back" },
  { use: (x, a, b) => (x - a) * Math.exp(-b), says: "$a$ and $b$ have changed places" },
  {
    use: (_x, a, b, i) => (i - b) * Math.exp(-a),
    says: "the index $i$ stands where the point $x_i$ should (`for … in` gives indices)",
  },
  { use: (x, a, b) => (Math.abs(x) - b) * Math.exp(-a), says: "$x_i$ has lost its sign" },
  {
    use: (_x, a, b, _i, data) => ((data[0] as number) - b) * Math.exp(-a),
    says: "every $x_i$ is the first one",
  },
];

const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);
type Likelihood = (data: readonly number[], a: number, b: number) => number;

export const likelihoodMixtures = (): readonly Mixture<Likelihood>[] =>
  mixed(
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

type Step = (data: readonly number[], a: number, b: number, rate: number) => { a: number; b: number };
interface Gradient {
  readonly a: number;
  readonly b: number;
}

export const stepMixtures = (): readonly Mixture<Step>[] =>
  mixed(
    {
      back: backs,
      alongA: [
        { use: (z) => 1 - z * z },
        { use: (z) => 1 - Math.abs(z), says: "$|z_i|$ stands where $z_i^2$ should: the square is missing" },
        { use: (z) => 1 - z, says: "the square of $z_i$ is missing from the gradient of $a$" },
        {
          use: (z) => 1 + z,
          says: "the square of $z_i$ is missing from the gradient of $a$, and its sign is wrong",
        },
        { use: (z) => 1 + z * z, says: "the square of $z_i$ has the wrong sign in the gradient of $a$" },
        { use: (z) => z * z - 1, says: "the gradient of $a$ has the wrong sign" },
        { use: (z) => -z * z, says: "the 1 is missing from the gradient of $a$" },
        { use: (z) => z * z, says: "the gradient of $a$ is the square of $z_i$ alone" },
        { use: () => 1, says: "the gradient of $a$ is without the square of $z_i$" },
        { use: (z) => 1 - (z * z) / 2, says: "the square of $z_i$ comes half in the gradient of $a$" },
        { use: (z) => 1 - 2 * z * z, says: "the square of $z_i$ comes twice in the gradient of $a$" },
        { use: (z, a) => Math.exp(a) - z * z, says: "the 1 in the gradient of $a$ is an $e^a$" },
        { use: (z, a) => a - z * z, says: "$a$ stands in its gradient where its own derivative should" },
        { use: (z, a) => a + (z * z) / 2, says: "the loss itself stands where the gradient of $a$ should" },
        {
          use: (z, a) => (1 - z * z) * Math.exp(-a),
          says: "the gradient of $a$ has a factor $e^{-a}$ too many",
        },
        { use: (z, a) => (1 - z * z) * Math.exp(a), says: "the gradient of $a$ has a factor $e^a$ too many" },
        {
          use: (z, a) => 1 - z * z * Math.exp(-a),
          says: "the square of $z_i$ has a factor $e^{-a}$ too many",
        },
        { use: (z, _a, x) => 1 - z * x, says: "one of the two $z_i$ in the gradient of $a$ is an $x_i$" },
        { use: () => 0, says: "$a$ stays as it is" },
      ] as readonly Option<(z: number, a: number, x: number) => number>[],
      alongB: [
        { use: (z, a) => -z * Math.exp(-a) },
        { use: (z, a) => z * Math.exp(-a), says: "the gradient of $b$ has the wrong sign" },
        { use: (z) => -z, says: "the inner derivative is missing from the gradient of $b$" },
        { use: (z) => z, says: "the inner derivative is missing from the gradient of $b$, with its sign" },
        { use: (z, a) => -z * Math.exp(a), says: "the gradient of $b$ has the inner derivative upside down" },
        { use: (z, a) => -z * z * Math.exp(-a), says: "the gradient of $b$ has a square of $z_i$" },
        { use: (z, a) => -z * Math.exp(-2 * a), says: "the gradient of $b$ has the factor $e^{-a}$ twice" },
        { use: (z, a) => -2 * z * Math.exp(-a), says: "the gradient of $b$ is twice as large" },
        { use: (z, a) => (-z * Math.exp(-a)) / 2, says: "the gradient of $b$ is half as large" },
        {
          use: (z, a) => -Math.abs(z) * Math.exp(-a),
          says: "$z_i$ has lost its sign in the gradient of $b$",
        },
        { use: (_z, a) => -Math.exp(-a), says: "the gradient of $b$ is without $z_i$" },
        {
          use: (z, a) => -z * a,
          says: "$a$ stands in the gradient of $b$ where an exponential of it should",
        },
        {
          use: (z, a) => -z / a,
          says: "$a$ stands in the gradient of $b$ where an exponential of it should",
        },
        { use: (z, a) => 1 - z * Math.exp(-a), says: "the gradient of $b$ has a 1 too many" },
        {
          use: (_z, a, x) => -x * Math.exp(-a),
          says: "$x_i$ stands in the gradient of $b$ where $z_i$ should",
        },
        { use: () => 0, says: "$b$ stays as it is" },
      ] as readonly Option<(z: number, a: number, x: number) => number>[],
      total: [
        { use: (list) => list.reduce((sum, g) => sum + g, 0) / list.length },
        {
          use: (list) => list.reduce((sum, g) => sum + g, 0),
          says: "the sum stands where the average should",
        },
        {
          use: (list) => list.reduce((sum, g) => sum + g, 0) / (list.length - 1),
          says: "the sum is divided by one less than the number of points",
        },
        {
          use: (list) => list.reduce((sum, g) => sum + g, 0) / (list.length + 1),
          says: "the sum is divided by one more than the number of points",
        },
        {
          use: (list) => list.reduce((sum, g) => sum + g, 0) / list.length ** 2,
          says: "the sum is divided by the number of points twice",
        },
        { use: (list) => list.at(-1) as number, says: "only the last point is counted" },
        { use: (list) => list[0] as number, says: "only the first point is counted" },
        {
          use: (list) => list.slice(1).reduce((sum, g) => sum + g, 0) / list.length,
          says: "the first point is left out of the sum",
        },
        {
          use: (list) => list.slice(0, -1).reduce((sum, g) => sum + g, 0) / list.length,
          says: "the last point is left out of the sum",
        },
      ] as readonly Option<(list: readonly number[]) => number>[],
      gradient: [
        { use: (g) => g },
        { use: ({ a, b }) => ({ a: b, b: a }), says: "the two gradients are swapped" },
        { use: ({ a }) => ({ a, b: a }), says: "the gradient of $a$ is used for both" },
        { use: ({ b }) => ({ a: b, b }), says: "the gradient of $b$ is used for both" },
        {
          use: ({ a, b }) => ({ a: Math.sign(a), b: Math.sign(b) }),
          says: "only the gradient's sign is used",
        },
        {
          use: ({ a, b }) => {
            const size = Math.hypot(a, b);
            return { a: a / size, b: b / size };
          },
          says: "the gradient is brought to length 1",
        },
        {
          use: ({ a, b }) => ({ a: Math.max(-1, Math.min(1, a)), b: Math.max(-1, Math.min(1, b)) }),
          says: "the gradient is cut off at ±1",
        },
      ] as readonly Option<(g: Gradient) => Gradient>[],
      move: [
        { use: (old, g, rate) => old - rate * g },
        { use: (old, g, rate) => old + rate * g, says: "the step goes up the gradient" },
        { use: (old, g) => old - g, says: "the rate is left out" },
        { use: (old, g) => old + g, says: "the rate is left out and the step goes up the gradient" },
        { use: (_old, g, rate) => -rate * g, says: "the step alone is returned, without the old value" },
        { use: (_old, g, rate) => rate * g, says: "rate times gradient is returned, without the old value" },
        { use: (_old, g) => g, says: "the gradient itself is returned" },
        { use: (old, g, rate) => old - g / rate, says: "the gradient is divided by the rate" },
        { use: (old, g, rate) => old * (1 - rate * g), says: "the step is multiplied by the old value" },
        { use: (old, g, rate) => rate * (old - g), says: "the rate multiplies the old value too" },
        { use: (old, g, rate) => old - 2 * rate * g, says: "the step is twice as long" },
        { use: (old, g, rate) => old - (rate * g) / 2, says: "the step is half as long" },
        { use: (old, g, rate) => old - rate * rate * g, says: "the rate comes in twice" },
        { use: (old, g, rate) => old - Math.abs(rate) * g, says: "the rate has lost its sign" },
      ] as readonly Option<(old: number, g: number, rate: number) => number>[],
    },
    ({ back, alongA, alongB, total, gradient, move }) =>
      (data, a, b, rate) => {
        const z = data.map((x, i) => back(x, a, b, i, data));
        const g = gradient({
          a: total(z.map((v, i) => alongA(v, a, data[i] as number))),
          b: total(z.map((v, i) => alongB(v, a, data[i] as number))),
        });
        return { a: move(a, g.a, rate), b: move(b, g.b, rate) };
      },
  );
