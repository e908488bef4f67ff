import { logNormal, pointwise, type ToyDensity } from "./toy-density.ts";

/**
 * Neal's funnel in two dimensions: v ~ N(0, 3²), and x given v ~ N(0, e^v). Its width changes by orders of magnitude.
 *
 * A point is (x, v). Entropy log(2πe) + log 3 nats, since the mean of log e^{v/2} is 0.
 *
 * @see Neal 2003, "Slice sampling", Annals of Statistics 31 (there with nine x).
 */
export const funnel: ToyDensity = {
  name: "funnel",
  dimension: 2,
  range: [
    [-15, 15],
    [-9, 9],
  ],
  sample: pointwise(2, (random) => {
    const [v, x] = random.normal(2);
    return [x * Math.exp(1.5 * v), 3 * v];
  }),
  logProb: ([x, v]) => {
    // In units of the width, which underflows far below; 0 is 0 in any unit.
    const u = x === 0 ? 0 : x * Math.exp(-v / 2);
    return logNormal(v ** 2, 3, 1) + logNormal(u ** 2, 1, 1) - v / 2;
  },
  entropy: Math.log(2 * Math.PI * Math.E) + Math.log(3),
};
