import { scaledBesselI } from "../../ground/functions/special-functions.ts";
import { logNormal, logSumExp, pointwise, type ToyDensity } from "./toy-density.ts";

const noise = 0.08;
const radii = [0.75, 1.5, 2.25, 3];

/**
 * Four rings around the origin, equally likely, with normal noise of 0.08: holes that no smooth invertible map of a
 * normal base can make.
 *
 * p(x) = ¼ Σ_r N(|x| − r; σ²)/√(2πσ²) · e^{−κ} I₀(κ) with κ = r|x|/σ².
 *
 * @see Grathwohl, Chen, Bettencourt, Sutskever, Duvenaud 2018, "FFJORD", arXiv:1810.01367 (the set "rings" of its
 *   code).
 */
export const rings: ToyDensity = {
  name: "rings",
  dimension: 2,
  range: [
    [-3.6, 3.6],
    [-3.6, 3.6],
  ],
  sample: pointwise(2, (random) => {
    const [which, turn] = random.uniform(2);
    const radius = radii[Math.floor(4 * which)];
    const [dx, dy] = random.normal(2, 0, noise);
    return [radius * Math.cos(2 * Math.PI * turn) + dx, radius * Math.sin(2 * Math.PI * turn) + dy];
  }),
  logProb: ([x, y]) => {
    const distance = Math.hypot(x, y);
    const terms = radii.map(
      (radius) =>
        logNormal((distance - radius) ** 2, noise, 2) +
        Math.log(scaledBesselI(0, (radius * distance) / noise ** 2)),
    );
    return logSumExp(terms) - Math.log(radii.length);
  },
  entropy: 2.62318277,
};
