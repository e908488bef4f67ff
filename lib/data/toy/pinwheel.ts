import { logNormal, logSumExp, pointwise, type ToyDensity } from "./toy-density.ts";

const [arms, radial, tangential, rate, size] = [5, 0.3, 0.1, 0.25, 2];
/** Beyond 20, where no point ever lies, the angle stays as it is: it must not become infinite. */
const angleOf = (arm: number, radius: number) =>
  (2 * Math.PI * arm) / arms + rate * Math.exp(Math.min(radius, 20));
const rotate = (x: number, y: number, angle: number) => [
  x * Math.cos(angle) - y * Math.sin(angle),
  x * Math.sin(angle) + y * Math.cos(angle),
];

/**
 * Five arms of a wheel: normal blobs at a distance of 2 from the origin, turned the farther the farther out they lie.
 *
 * The angle depends on the distance from the origin alone, so the turning keeps areas and the density is known.
 *
 * @see Johnson, Duvenaud, Wiltschko, Datta, Adams 2016, arXiv:1603.06277v5; with these constants, but turned by a
 *   coordinate instead of the distance, the set "pinwheel" of the code of Grathwohl et al. 2018, arXiv:1810.01367.
 */
export const pinwheel: ToyDensity = {
  name: "pinwheel",
  dimension: 2,
  range: [
    [-4.2, 4.2],
    [-4.2, 4.2],
  ],
  sample: pointwise(2, (random) => {
    const [arm] = random.integers(1, 0, arms);
    const [out, side] = random.normal(2);
    const [x, y] = [1 + radial * out, tangential * side];
    return rotate(x, y, angleOf(arm, Math.hypot(x, y))).map((value) => size * value);
  }),
  logProb: (point) => {
    const [x, y] = point.map((value) => value / size);
    const terms = Array.from({ length: arms }, (_, arm) => {
      const [out, side] = rotate(x, y, -angleOf(arm, Math.hypot(x, y)));
      return logNormal((out - 1) ** 2, radial, 1) + logNormal(side ** 2, tangential, 1);
    });
    return logSumExp(terms) - Math.log(arms) - 2 * Math.log(size);
  },
  entropy: 2.320588485,
};
