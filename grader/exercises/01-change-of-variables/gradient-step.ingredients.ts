/** What wrong steps are made of. */

import { type Mixture, mix, type Option } from "../../diagnosis/mixture.ts";
import { backs } from "./affine-flow.ingredients.ts";

type Step = (data: readonly number[], a: number, b: number, rate: number) => { a: number; b: number };
interface Gradient {
  readonly a: number;
  readonly b: number;
}

export const stepMixtures = (): readonly Mixture<Step>[] =>
  mix(
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
