import { logNormal, logSumExp, pointwise, type ToyDensity } from "./toy-density.ts";

const [radius, scale] = [Math.SQRT2 * 2, Math.SQRT1_2 / 2];
const means = Array.from({ length: 8 }, (_, k) => [
  radius * Math.cos((Math.PI * k) / 4),
  radius * Math.sin((Math.PI * k) / 4),
]);

/**
 * Eight normal distributions of standard deviation √2/4 on a circle of radius 2√2: modes that a flow has to connect.
 *
 * p(x) = ⅛ Σ_k N(x; m_k, I/8).
 *
 * @see Grathwohl, Chen, Bettencourt, Sutskever, Duvenaud 2018, "FFJORD", arXiv:1810.01367 (the set "8gaussians" of its
 *   code, which has 1.414 for √2).
 */
export const eightGaussians: ToyDensity = {
  name: "8 Gaussians",
  dimension: 2,
  range: [
    [-4.2, 4.2],
    [-4.2, 4.2],
  ],
  sample: pointwise(2, (random) => {
    const [k] = random.integers(1, 0, 8);
    const [dx, dy] = random.normal(2, 0, scale);
    return [means[k][0] + dx, means[k][1] + dy];
  }),
  logProb: ([x, y]) =>
    logSumExp(means.map((mean) => logNormal((x - mean[0]) ** 2 + (y - mean[1]) ** 2, scale, 2))) -
    Math.log(8),
  entropy: 2.831578361,
};
