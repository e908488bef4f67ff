import { type Curve, noisyCurves } from "./noisy-curve.ts";
import { pointwise, type ToyDensity } from "./toy-density.ts";

const noise = 0.1;
const curves: readonly Curve[] = [
  { at: (t) => [Math.cos(Math.PI * t), Math.sin(Math.PI * t)] },
  { at: (t) => [1 - Math.cos(Math.PI * t), 0.5 - Math.sin(Math.PI * t)] },
];

/**
 * Two interleaved half circles of radius 1 with normal noise of 0.1: the map from a normal base must tear them apart.
 *
 * log p(x) by Simpson's rule along the half circles, in nats.
 *
 * @see The data set `make_moons` of scikit-learn, with equal chances instead of equal numbers.
 */
export const twoMoons: ToyDensity = {
  name: "two moons",
  dimension: 2,
  range: [
    [-1.75, 2.75],
    [-1.25, 1.75],
  ],
  sample: pointwise(2, (random) => {
    const [side, t] = random.uniform(2);
    const [x, y] = curves[side < 0.5 ? 0 : 1].at(t);
    const [dx, dy] = random.normal(2, 0, noise);
    return [x + dx, y + dy];
  }),
  logProb: noisyCurves(curves, noise, 200),
  entropy: 1.007584813,
};
