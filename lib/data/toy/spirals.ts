import { type Curve, noisyCurves } from "./noisy-curve.ts";
import { pointwise, type ToyDensity } from "./toy-density.ts";

const noise = 0.1;
const turn = 3 * Math.PI;
const arm = (sign: number): Curve => ({
  at: (t) => [(-sign * Math.cos(turn * t) * turn * t) / 3, (sign * Math.sin(turn * t) * turn * t) / 3],
  weight: (t) => 2 * t,
});
const arms = [arm(1), arm(-1)];

/**
 * Two arms that wind one and a half times around the origin, with normal noise of 0.1. The angle is 3π√u with u
 * uniform, so that the arms are about equally dense along their length.
 *
 * log p(x) by Simpson's rule along the arms, in nats.
 *
 * @see Grathwohl, Chen, Bettencourt, Sutskever, Duvenaud 2018, "FFJORD", arXiv:1810.01367 (the set "2spirals" of its
 *   code, there with more noise).
 */
export const spirals: ToyDensity = {
  name: "spirals",
  dimension: 2,
  range: [
    [-4, 4],
    [-4, 4],
  ],
  sample: pointwise(2, (random) => {
    const [side, u] = random.uniform(2);
    const [x, y] = arms[side < 0.5 ? 0 : 1].at(Math.sqrt(u));
    const [dx, dy] = random.normal(2, 0, noise);
    return [x + dx, y + dy];
  }),
  logProb: noisyCurves(arms, noise, 600),
  entropy: 2.540618373,
};
