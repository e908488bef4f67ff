/** What wrong likelihoods of an affine flow and wrong steps on them have in common: the ways back from x to z. */

import type { Option } from "../../diagnosis/mixture.ts";

type Back = (x: number, a: number, b: number, i: number, data: readonly number[]) => number;

export const backs: readonly Option<Back>[] = [
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

export const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);
